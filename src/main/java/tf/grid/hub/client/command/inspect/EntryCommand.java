package tf.grid.hub.client.command.inspect;

import java.io.IOException;
import java.util.NoSuchElementException;
import picocli.CommandLine.Parameters;
import tf.grid.hub.client.command.HubCommand;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.file.FlistReader;

/** A command about a path in a flist. */
public abstract class EntryCommand extends HubCommand {
  @Parameters(index = "0", paramLabel = "FLIST", description = "repository/name, or a local file")
  String flist;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "PATH",
      defaultValue = "/",
      description = "in the flist (default: /)")
  String path;

  FlistPath flistPath() {
    try {
      return FlistPath.of(path);
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  Node entry(FlistReader reader) throws IOException {
    FlistPath wanted = flistPath();
    if (wanted.equals(FlistPath.ROOT)) {
      return reader.directory(wanted).self();
    }
    return reader.find(wanted.parent()).stream()
        .flatMap(above -> above.contents().stream())
        .filter(node -> node.name().equals(wanted.name()))
        .findFirst()
        .orElseThrow(() -> absent(wanted));
  }

  NoSuchEntryException absent(FlistPath wanted) {
    return new NoSuchEntryException(EntryText.path(wanted) + " in " + flist);
  }

  /** Shows everything below a directory. */
  void walk(FlistReader reader, FlistPath from, FlistReader.Visitor visitor) throws IOException {
    if (reader.find(from).isEmpty()) {
      throw absent(from);
    }
    reader.walk(from, visitor);
  }

  /** A path that the flist does not have; the program ends with the code for "not found". */
  public static final class NoSuchEntryException extends NoSuchElementException {
    private static final long serialVersionUID = 1L;

    NoSuchEntryException(String what) {
      super(what + " does not exist");
    }
  }
}
