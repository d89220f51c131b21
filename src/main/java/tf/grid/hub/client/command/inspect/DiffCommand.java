package tf.grid.hub.client.command.inspect;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tf.grid.hub.client.command.HubCommand;
import tf.grid.hub.client.command.JsonOption;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.diff.Difference;
import tf.grid.hub.flist.diff.FlistDiff;
import tf.grid.hub.flist.file.FlistReader;

/** Compares flists. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the differences from one flist to another.",
      "+ an entry was added, - removed, ! changed; then the aspects that differ. Exit code 5 if"
          + " there are differences."
    },
    footerHeading = "%nExample:%n",
    footer = "  hub-client diff alice/my-system ./local.flist")
public final class DiffCommand extends HubCommand {
  @Parameters(index = "0", paramLabel = "BEFORE", description = "repository/name, or a local file")
  private String before;

  @Parameters(index = "1", paramLabel = "AFTER", description = "repository/name, or a local file")
  private String after;

  @Option(names = "--times", description = "include entries that differ only in their times")
  private boolean times;

  @Mixin private JsonOption json;

  private long count;

  @Override
  public Integer call() throws IOException {
    try (FlistReader old = flist(before);
        FlistReader fresh = flist(after)) {
      new FlistDiff(old, fresh)
          .walk(
              Optional.empty(),
              difference -> {
                if (times || !difference.isOfTimeOnly()) {
                  count++;
                  out().println(json.on() ? json(difference) : text(difference));
                }
                return true;
              });
    }
    return count == 0 ? 0 : FINDINGS;
  }

  private static String text(Difference difference) {
    String path = EntryText.path(difference.place().path());
    if (difference.before().isEmpty()) {
      return "+ " + path;
    } else if (difference.after().isEmpty()) {
      return "- " + path;
    }
    return "! "
        + path
        + " ("
        + difference.aspects().stream().map(DiffCommand::word).collect(Collectors.joining(", "))
        + ")";
  }

  private static Object json(Difference difference) {
    FlistPath path = difference.place().path();
    JsonObjectBuilder object = Json.createObjectBuilder().add("path", "/" + path);
    Optional<Node> old = difference.before();
    Optional<Node> fresh = difference.after();
    object.add("change", old.isEmpty() ? "added" : fresh.isEmpty() ? "removed" : "changed");
    old.ifPresent(node -> object.add("before", EntryText.json(path, node)));
    fresh.ifPresent(node -> object.add("after", EntryText.json(path, node)));
    JsonArrayBuilder aspects = Json.createArrayBuilder();
    difference.aspects().forEach(aspect -> aspects.add(word(aspect)));
    return object.add("what", aspects).build();
  }

  private static String word(Enum<?> aspect) {
    return aspect.name().toLowerCase(Locale.ROOT);
  }
}
