package tf.grid.hub.site.flist;

import java.time.Instant;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Node.LinkNode;
import tf.grid.hub.flist.Node.SpecialNode;
import tf.grid.hub.flist.Permissions;
import tf.grid.hub.problem.PrintableText;
import tf.grid.hub.site.catalogue.PathParameter;

/**
 * An entry of a flist as a line, whose texts are harmless to show. Immutable.
 *
 * @param kind what it is, in a word or two
 * @param name its name, with a slash behind that of a directory
 * @param address the query that shows it
 * @param mode as {@code ls} writes it
 * @param owner user and group as numbers, with names where they say more
 * @param size bytes; -1 if that says nothing
 * @param modified when it was changed
 * @param detail the target of a link or the numbers of a device; else empty
 */
public record NodeRow(
    String kind,
    String name,
    String address,
    String mode,
    String owner,
    long size,
    Instant modified,
    String detail) {

  private static final String BITS = "rwxrwxrwx";

  private static final String DIRECTORY = "directory";

  /** The row of an entry in the listing of its directory. */
  static NodeRow of(FlistPath parent, Node node) {
    return called(node.name().toString(), parent.child(node.name()), node);
  }

  /** The row of an entry with its full path. */
  static NodeRow inFull(FlistPath parent, Node node) {
    FlistPath path = parent.child(node.name());
    return called(path.toString(), path, node);
  }

  private static NodeRow called(String name, FlistPath path, Node node) {
    String kind = kind(node);
    return new NodeRow(
        kind,
        PrintableText.of(name) + (kind.equals(DIRECTORY) ? "/" : ""),
        PathParameter.of(path),
        mode(node),
        owner(node.permissions()),
        node instanceof FileNode ? node.size() : -1,
        Instant.ofEpochSecond(node.modified()),
        detail(node));
  }

  private static String detail(Node node) {
    if (node instanceof LinkNode link) {
      return "→ " + PrintableText.of(link.target().toString());
    }
    return node instanceof SpecialNode special && !special.data().equals(SpecialNode.NOTHING)
        ? PrintableText.of(special.data())
        : "";
  }

  private static String mode(Node node) {
    int mode = node.permissions().mode();
    StringBuilder text = new StringBuilder(10).append(type(node));
    for (int i = 0; i < BITS.length(); i++) {
      text.append((mode & (0400 >> i)) == 0 ? '-' : BITS.charAt(i));
    }
    mark(text, 3, mode & 04000, 's', 'S');
    mark(text, 6, mode & 02000, 's', 'S');
    mark(text, 9, mode & 01000, 't', 'T');
    return text.toString();
  }

  private static void mark(StringBuilder text, int at, int bit, char executable, char other) {
    if (bit != 0) {
      text.setCharAt(at, text.charAt(at) == 'x' ? executable : other);
    }
  }

  private static char type(Node node) {
    return switch (kind(node)) {
      case DIRECTORY -> 'd';
      case "file" -> '-';
      case "link" -> 'l';
      case "socket" -> 's';
      case "block device" -> 'b';
      case "character device" -> 'c';
      case "named pipe" -> 'p';
      default -> '?';
    };
  }

  private static String kind(Node node) {
    if (node instanceof SpecialNode special) {
      return switch (special.type()) {
        case SOCKET -> "socket";
        case BLOCK -> "block device";
        case CHARACTER -> "character device";
        case FIFO -> "named pipe";
        case UNKNOWN -> "special file";
      };
    }
    return node instanceof DirectoryNode ? DIRECTORY : node instanceof LinkNode ? "link" : "file";
  }

  private static String owner(Permissions permissions) {
    if (permissions.uid() < 0 || permissions.gid() < 0) {
      return PrintableText.of(permissions.user() + ":" + permissions.group());
    }
    return permissions.uid() + ":" + permissions.gid();
  }
}
