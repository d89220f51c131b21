package tf.grid.hub.field;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** GNU tar and bsdtar: what both of them unpack from an archive is right. */
final class Judges {
  private static final String IMPLIED = "directory 0755 0:0 ";

  private final Shell shell;

  /** Judges that unpack in a directory, as root. */
  Judges(Path directory) {
    this.shell = new Shell(directory);
  }

  /**
   * Returns the entries of a listing that are neither what GNU tar nor what bsdtar unpacks.
   *
   * @param archive path of the archive, relative to the directory
   */
  List<String> differences(String archive, Map<String, String> listing)
      throws IOException, InterruptedException {
    long start = System.currentTimeMillis() / 1000;
    Map<String, String> gnu = unpacked("tar --numeric-owner -xpf ../" + archive, "gnu");
    Map<String, String> bsd = unpacked("bsdtar --numeric-owner -xpf ../" + archive, "bsd");
    TreeSet<String> paths = new TreeSet<>(listing.keySet());
    paths.addAll(gnu.keySet());
    paths.addAll(bsd.keySet());
    List<String> differences = new ArrayList<>();
    for (String path : paths) {
      String entry = String.valueOf(listing.get(path));
      String first = String.valueOf(gnu.get(path));
      String second = String.valueOf(bsd.get(path));
      boolean implied = entry.equals(IMPLIED + "0 ") && isNew(first, start) && isNew(second, start);
      if (!implied && !entry.equals(first) && !entry.equals(second)) {
        differences.add(
            "%n%s%n  flist   %s%n  GNU tar %s%n  bsdtar  %s".formatted(path, entry, first, second));
      }
    }
    return differences;
  }

  /** Directories that have no entry get the time of unpacking from tar, and 0 in a flist. */
  private static boolean isNew(String line, long start) {
    return line.startsWith(IMPLIED)
        && Long.parseLong(line.substring(IMPLIED.length()).strip()) >= start;
  }

  private Map<String, String> unpacked(String command, String directory)
      throws IOException, InterruptedException {
    shell.output("rm -rf " + directory + " && mkdir " + directory);
    shell.run("cd " + directory + " && " + command);
    Map<String, String> listing = TreeListing.of(shell, directory);
    shell.output("rm -rf " + directory);
    return listing;
  }
}
