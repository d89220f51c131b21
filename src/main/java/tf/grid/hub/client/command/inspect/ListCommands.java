package tf.grid.hub.client.command.inspect;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tf.grid.hub.client.command.HubCommand;
import tf.grid.hub.client.command.JsonOption;
import tf.grid.hub.client.remote.HubHttp;
import tf.grid.hub.client.terminal.ByteCount;
import tf.grid.hub.flist.DirectoryListing;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.diff.EntryKind;
import tf.grid.hub.flist.file.FlistReader;
import tf.grid.hub.problem.PrintableText;

/** Commands that print the names in a flist, a repository or the hub. */
public final class ListCommands {
  private ListCommands() {}

  /** Lists a directory. */
  @Command(
      name = "ls",
      mixinStandardHelpOptions = true,
      description = "Lists a directory of a flist, or the flists of a repository.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  hub-client ls alice",
        "  hub-client ls -l alice/my-system /etc",
        "  hub-client ls --json ./local.flist"
      })
  public static final class ListEntries extends EntryCommand {
    @Option(names = "-l", description = "with mode, owner, size and time (UTC)")
    private boolean details;

    @Mixin private JsonOption json;

    @Override
    public Integer call() throws IOException {
      if (flist.indexOf('/') < 0 && !Files.isRegularFile(Path.of(flist))) {
        list(this, flist, json.on());
        return 0;
      }
      try (FlistReader reader = flist(flist)) {
        Node node = entry(reader);
        FlistPath wanted = flistPath();
        if (!(node instanceof DirectoryNode)) {
          print(wanted, node, EntryText.path(wanted));
          return 0;
        }
        for (Node child : reader.directory(wanted).contents()) {
          print(wanted.child(child.name()), child, child.name().printable());
        }
      }
      return 0;
    }

    private void print(FlistPath place, Node node, String shown) {
      if (json.on()) {
        out().println(EntryText.json(place, node));
      } else {
        String mark = !details && node instanceof DirectoryNode ? "/" : "";
        out().println(details ? EntryText.line(node, shown) : shown + mark);
      }
    }
  }

  /** Prints a tree. */
  @Command(
      name = "tree",
      mixinStandardHelpOptions = true,
      description = "Prints a directory of a flist with everything below it, as a tree.",
      footerHeading = "%nExample:%n",
      footer = "  hub-client tree -L 2 alice/my-system")
  public static final class PrintTree extends EntryCommand {
    @Option(
        names = "-L",
        paramLabel = "LEVELS",
        defaultValue = "1024",
        description = "levels below the directory")
    private int levels;

    @Mixin private JsonOption json;

    @Override
    public Integer call() throws IOException {
      try (FlistReader reader = flist(flist)) {
        FlistPath from = flistPath();
        if (!json.on()) {
          out().println(EntryText.path(from));
        }
        print(reader, reader.find(from).orElseThrow(() -> absent(from)), "", levels);
      }
      return 0;
    }

    private void print(FlistReader reader, DirectoryListing listing, String indent, int left)
        throws IOException {
      int rest = listing.contents().size();
      for (Node node : listing.contents()) {
        boolean last = --rest == 0;
        FlistPath place = listing.path().child(node.name());
        out()
            .println(
                json.on()
                    ? EntryText.json(place, node)
                    : indent + (last ? "└── " : "├── ") + label(node));
        if (node instanceof DirectoryNode && left > 1) {
          print(reader, reader.directory(place), indent + (last ? "    " : "│   "), left - 1);
        }
      }
    }

    private static String label(Node node) {
      return node.name().printable()
          + (node instanceof Node.LinkNode link ? " -> " + link.target().printable() : "");
    }
  }

  /** Finds entries. */
  @Command(
      name = "find",
      mixinStandardHelpOptions = true,
      description = "Prints the paths of all entries below a directory that match.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  hub-client find --name '*.conf' alice/my-system /etc",
        "  hub-client find --type link alice/my-system"
      })
  public static final class Find extends EntryCommand {
    @Option(
        names = "--name",
        paramLabel = "PATTERN",
        description = "with names like this: * stands for any characters")
    private String pattern;

    @Option(
        names = "--type",
        paramLabel = "TYPE",
        description = "of this type: ${COMPLETION-CANDIDATES}")
    private EntryKind type;

    @Mixin private JsonOption json;

    @Override
    public Integer call() throws IOException {
      PathMatcher matcher =
          pattern == null ? null : FileSystems.getDefault().getPathMatcher("glob:" + pattern);
      try (FlistReader reader = flist(flist)) {
        walk(
            reader,
            flistPath(),
            (place, node) -> {
              boolean found =
                  (type == null || EntryKind.of(node) == type)
                      && (matcher == null || matches(matcher, node));
              if (found) {
                out().println(json.on() ? EntryText.json(place, node) : EntryText.path(place));
              }
            });
      }
      return 0;
    }

    private static boolean matches(PathMatcher matcher, Node node) {
      return matcher.matches(Path.of(node.name().toString()));
    }
  }

  /** Lists repositories. */
  @Command(
      name = "repo",
      mixinStandardHelpOptions = true,
      description = "Lists the repositories, or the entries of one.")
  public static final class Repository extends HubCommand {
    @Parameters(arity = "0..1", paramLabel = "REPOSITORY", description = "whose entries to list")
    private String repository;

    @Mixin private JsonOption json;

    @Override
    public Integer call() throws IOException {
      if (repository != null) {
        list(this, repository, json.on());
        return 0;
      }
      JsonArray all = http().json("/api/repositories").asJsonArray();
      for (JsonObject each : all.getValuesAs(JsonObject.class)) {
        out().println(json.on() ? each : PrintableText.of(each.getString("name")));
      }
      return 0;
    }
  }

  /** Prints the entries of a repository. */
  private static void list(HubCommand command, String repository, boolean json) throws IOException {
    JsonArray entries = command.http().json("/api/flist" + HubHttp.path(repository)).asJsonArray();
    for (JsonObject entry : entries.getValuesAs(JsonObject.class)) {
      if (json) {
        command.out().println(entry);
        continue;
      }
      String target = entry.getString("target", "");
      command
          .out()
          .printf(
              "%-8s %12s  %s%s%n",
              entry.getString("type"),
              PrintableText.of(ByteCount.ofListed(entry.getString("size"))),
              PrintableText.of(entry.getString("name")),
              target.isEmpty() ? "" : " -> " + PrintableText.of(target));
    }
  }
}
