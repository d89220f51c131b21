package tf.grid.hub.field;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Describes the entries of an unpacked tree, each in one line: kind, mode, owner, time, and digest,
 * target or device numbers. Names are bytes, one per character. Values that a flist cannot hold are
 * converted as the format demands: times to 0…2³²−1.
 */
final class TreeListing {
  private static final int TYPE = 0170000;

  private TreeListing() {}

  /** Lists everything below a directory. */
  static Map<String, String> of(Shell shell, String directory)
      throws IOException, InterruptedException {
    String find = "cd " + directory + " && find . -mindepth 1 ";
    Map<String, String> digests = new HashMap<>();
    for (String line : fields(shell, find + "-type f -print0 | xargs -0 -r sha256sum -z")) {
      digests.put(line.substring(66), line.substring(0, 64));
    }
    Map<String, String> targets = new HashMap<>();
    Iterator<String> links = fields(shell, find + "-type l -printf '%p\\0%l\\0'").iterator();
    while (links.hasNext()) {
      targets.put(links.next(), links.next());
    }
    Map<String, String> listing = new TreeMap<>();
    String stat = "xargs -0 -r stat --printf='%n\\0%f\\0%u:%g\\0%Y\\0%s\\0%t,%T\\0'";
    Iterator<String> all = fields(shell, find + "-print0 | " + stat).iterator();
    while (all.hasNext()) {
      String path = all.next();
      int mode = Integer.parseInt(all.next(), 16);
      String owner = all.next();
      long time = Long.parseLong(all.next());
      String size = all.next();
      String device = all.next();
      String detail =
          switch (mode & TYPE) {
            case 0100000 -> size + " " + digests.get(path);
            case 0120000 -> targets.get(path);
            case 0020000, 0060000 -> decimal(device);
            default -> "";
          };
      listing.put(path.substring(1), line(kind(mode), mode & 07777, owner, time, detail));
    }
    return listing;
  }

  static String line(String kind, int mode, String owner, long time, String detail) {
    long seconds = Math.max(0, Math.min(0xFFFF_FFFFL, time));
    return "%s %04o %s %d %s".formatted(kind, mode, owner, seconds, detail);
  }

  private static String kind(int mode) {
    return switch (mode & TYPE) {
      case 0100000 -> "file";
      case 0040000 -> "directory";
      case 0120000 -> "link";
      case 0020000 -> "character";
      case 0060000 -> "block";
      case 0010000 -> "fifo";
      default -> throw new IllegalArgumentException("mode " + mode);
    };
  }

  private static String decimal(String hexadecimal) {
    String[] numbers = hexadecimal.split(",", 2);
    return Integer.parseInt(numbers[0], 16) + "," + Integer.parseInt(numbers[1], 16);
  }

  private static List<String> fields(Shell shell, String command)
      throws IOException, InterruptedException {
    String text = new String(shell.output(command), ISO_8859_1);
    return text.isEmpty()
        ? List.of()
        : List.of(text.substring(0, text.length() - 1).split("\0", -1));
  }
}
