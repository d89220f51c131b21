package tf.grid.hub.client.command.inspect;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Node.LinkNode;
import tf.grid.hub.flist.Node.SpecialNode;
import tf.grid.hub.flist.Permissions;
import tf.grid.hub.flist.diff.EntryKind;
import tf.grid.hub.problem.PrintableText;

/** Entries of a flist as text that is safe on terminals, and as JSON. */
public final class EntryText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private EntryText() {}

  public static String path(FlistPath path) {
    return "/" + PrintableText.of(path.bytes());
  }

  /** A line as {@code ls -l} prints it; the time is UTC. */
  public static String line(Node node, String shown) {
    Permissions owner = node.permissions();
    return "%s %-8s %-8s %10s %s %s%s"
        .formatted(
            mode(node),
            owner.user().printable(),
            owner.group().printable(),
            node instanceof SpecialNode special && !special.data().equals(SpecialNode.NOTHING)
                ? PrintableText.of(special.data())
                : node.size(),
            TIME.format(Instant.ofEpochSecond(node.modified())),
            shown,
            node instanceof LinkNode link ? " -> " + link.target().printable() : "");
  }

  public static String mode(Node node) {
    int mode = node.permissions().mode();
    char[] text = (type(node) + "rwxrwxrwx").toCharArray();
    for (int bit = 0; bit < 9; bit++) {
      if ((mode & (0400 >> bit)) == 0) {
        text[bit + 1] = '-';
      }
    }
    special(text, 3, mode & 04000, 's');
    special(text, 6, mode & 02000, 's');
    special(text, 9, mode & 01000, 't');
    return new String(text);
  }

  private static void special(char[] text, int at, int bit, char letter) {
    if (bit != 0) {
      text[at] = text[at] == 'x' ? letter : Character.toUpperCase(letter);
    }
  }

  private static char type(Node node) {
    return switch (EntryKind.of(node)) {
      case DIRECTORY -> 'd';
      case FILE -> '-';
      case LINK -> 'l';
      case SOCKET -> 's';
      case BLOCK -> 'b';
      case CHARACTER -> 'c';
      case FIFO -> 'p';
      case UNKNOWN -> '?';
    };
  }

  public static String kind(Node node) {
    return EntryKind.of(node).name().toLowerCase(Locale.ROOT);
  }

  public static JsonObject json(FlistPath path, Node node) {
    Permissions owner = node.permissions();
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("path", "/" + path)
            .add("type", kind(node))
            .add("size", node.size())
            .add("mode", Integer.toOctalString(owner.mode()))
            .add("user", owner.user().toString())
            .add("group", owner.group().toString())
            .add("uid", owner.uid())
            .add("gid", owner.gid())
            .add("modified", node.modified());
    if (node instanceof LinkNode link) {
      json.add("target", link.target().toString());
    } else if (node instanceof FileNode file) {
      json.add("chunks", file.blocks().size());
    } else if (!(node instanceof DirectoryNode)) {
      json.add("data", ((SpecialNode) node).data());
    }
    return json.build();
  }
}
