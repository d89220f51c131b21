package tf.grid.hub.client.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tf.grid.hub.client.remote.HubHttp;
import tf.grid.hub.problem.PrintableText;

/** Commands that change the user's own repository. */
public final class ChangeCommands {
  private static final String OWN = "/api/flist/me";

  private ChangeCommands() {}

  /** A command that changes something with one request. */
  abstract static class Change extends HubCommand {
    @Mixin private JsonOption json;

    int send(String method, String path, String body, String done) throws IOException {
      JsonObject answer =
          http().once(method, path, "application/json", HubHttp.Body.of(body.getBytes(UTF_8)));
      if (json.on()) {
        out().println(answer);
        return 0;
      }
      out().println(done);
      report(answer, "broken", "this link is broken now: ");
      report(answer, "redirected", "this link leads to another flist now: ");
      return 0;
    }

    private void report(JsonObject answer, String key, String text) {
      if (answer.containsKey(key)) {
        answer
            .getJsonArray(key)
            .getValuesAs(JsonString.class)
            .forEach(link -> err().println(text + PrintableText.of(link.getString())));
      }
    }
  }

  /** Deletes an entry. */
  @Command(
      name = "rm",
      mixinStandardHelpOptions = true,
      description = "Deletes a flist or a link of your repository.")
  public static final class Remove extends Change {
    @Parameters(paramLabel = "NAME", description = "the flist or link")
    private String name;

    @Override
    public Integer call() throws IOException {
      return send("DELETE", OWN + HubHttp.path(name), "", "Deleted " + name);
    }
  }

  /** Renames an entry. */
  @Command(
      name = "mv",
      mixinStandardHelpOptions = true,
      description = "Renames a flist or a link of your repository; replaces the new name.")
  public static final class Move extends Change {
    @Parameters(index = "0", paramLabel = "OLD", description = "the flist or link")
    private String source;

    @Parameters(index = "1", paramLabel = "NEW", description = "its new name")
    private String target;

    @Override
    public Integer call() throws IOException {
      return send(
          "POST",
          OWN + HubHttp.path(source, "rename", target),
          "",
          "Renamed " + source + " to " + target);
    }
  }

  /** Creates a link. */
  @Command(
      name = "ln",
      mixinStandardHelpOptions = true,
      description = {
        "Creates a link in your repository.",
        "The target is a flist: NAME in your repository, or REPOSITORY/NAME; or a tag:"
            + " REPOSITORY/tags/TAG."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  hub-client ln my-system-1.2 my-system",
        "  hub-client ln bob/base base",
        "  hub-client ln bob/tags/stable stable"
      })
  public static final class Link extends Change {
    @Parameters(index = "0", paramLabel = "TARGET", description = "the target of the link")
    private String target;

    @Parameters(index = "1", paramLabel = "LINK", description = "the name of the link")
    private String link;

    @Override
    public Integer call() throws IOException {
      String[] parts = target.split("/", -1);
      String path;
      if (parts.length == 1) {
        path = HubHttp.path(target, "link", link);
      } else if (parts.length == 2) {
        path = HubHttp.path(link, "crosslink", parts[0], parts[1]);
      } else if (parts.length == 3 && parts[1].equals("tags")) {
        path = HubHttp.path(link, "crosstag", parts[0], parts[2]);
      } else {
        throw usage("'" + target + "' is not NAME, REPOSITORY/NAME or REPOSITORY/tags/TAG");
      }
      return send("PUT", OWN + path, "", "Linked " + link + " to " + target);
    }
  }

  /** A change of one flist in a tag. */
  abstract static class TagChange extends Change {
    @Parameters(index = "0", paramLabel = "TAG", description = "the tag")
    String tag;

    @Parameters(index = "1", paramLabel = "NAME", description = "the name in the tag")
    String name;

    @Parameters(index = "2", paramLabel = "FLIST", description = "repository/name")
    String flist;

    String path() {
      Place place = place(flist);
      return OWN + HubHttp.path(tag, name, "tag", place.repository(), place.name());
    }
  }

  /** Adds a flist to a tag. */
  @Command(
      name = "tag",
      mixinStandardHelpOptions = true,
      description = "Adds a flist to a tag of your repository, or replaces it there.",
      footerHeading = "%nExample:%n",
      footer = "  hub-client tag v1 app alice/my-app")
  public static final class AddToTag extends TagChange {
    @Override
    public Integer call() throws IOException {
      return send("PUT", path(), "", "Added " + flist + " to " + tag + " as " + name);
    }
  }

  /** Removes a flist from a tag. */
  @Command(
      name = "untag",
      mixinStandardHelpOptions = true,
      description = "Removes a flist from a tag of your repository.")
  public static final class RemoveFromTag extends TagChange {
    @Override
    public Integer call() throws IOException {
      return send("DELETE", path(), "", "Removed " + name + " from " + tag);
    }
  }

  /** Copies a flist. */
  @Command(
      name = "promote",
      mixinStandardHelpOptions = true,
      description = "Copies a flist of any repository to yours.")
  public static final class Promote extends Change {
    @Parameters(index = "0", paramLabel = "FLIST", description = "repository/name")
    private String flist;

    @Parameters(index = "1", paramLabel = "NAME", description = "the name of the copy")
    private String name;

    @Override
    public Integer call() throws IOException {
      Place place = place(flist);
      String path = "/promote" + HubHttp.path(place.repository(), place.name(), name);
      return send("POST", OWN + path, "", "Copied " + flist + " to " + name);
    }
  }

  /** Merges flists. */
  @Command(
      name = "merge",
      mixinStandardHelpOptions = true,
      description = {
        "Merges flists to a new one in your repository.",
        "For each path, the first source that has it wins."
      },
      footerHeading = "%nExample:%n",
      footer = "  hub-client merge my-system alice/overlay bob/base")
  public static final class Merge extends Change {
    @Parameters(index = "0", paramLabel = "NAME", description = "the new flist")
    private String name;

    @Parameters(index = "1..*", arity = "1..32", paramLabel = "FLIST", description = "sources")
    private List<String> sources;

    @Override
    public Integer call() throws IOException {
      JsonArrayBuilder body = Json.createArrayBuilder();
      sources.forEach(source -> body.add(place(source).toString()));
      return send(
          "POST",
          OWN + HubHttp.path("merge", name),
          body.build().toString(),
          "Merged " + String.join(", ", sources) + " to " + name);
    }
  }
}
