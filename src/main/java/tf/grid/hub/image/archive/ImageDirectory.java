package tf.grid.hub.image.archive;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tf.grid.hub.build.SafePath;
import tf.grid.hub.flist.Name;

/**
 * Finds the directory of an image in an archive: the root, or a directory that contains all
 * entries.
 */
final class ImageDirectory {
  private static final SafePath ROOT = new SafePath(List.of());
  private static final Name LAYOUT = Name.of("oci-layout");
  private static final Name SAVED = Name.of("manifest.json");
  private static final Set<Name> MARKS = Set.of(LAYOUT, SAVED, Name.of("repositories"));
  private static final int MOST_SHOWN = 5;

  private ImageDirectory() {}

  /** The directory to search; it may contain no image. */
  static SafePath of(ArchiveMembers members) {
    List<SafePath> directories =
        members.paths().filter(path -> !isOfMac(path.last())).map(SafePath::parent).toList();
    SafePath common = directories.stream().reduce(ImageDirectory::common).orElse(ROOT);
    boolean marked =
        members
            .paths()
            .anyMatch(path -> MARKS.contains(path.last()) && path.parent().equals(common));
    return marked ? common : ROOT;
  }

  /** Directories that seem to contain an image, for a message; empty if there are none. */
  static String shown(ArchiveMembers members) {
    return members
        .paths()
        .filter(path -> path.last().equals(LAYOUT) || members.isList(path, SAVED))
        .map(path -> path.parent().toString())
        .distinct()
        .sorted()
        .limit(MOST_SHOWN)
        .collect(Collectors.joining(", "));
  }

  private static SafePath common(SafePath one, SafePath other) {
    int same = 0;
    int most = Math.min(one.names().size(), other.names().size());
    while (same < most && one.names().get(same).equals(other.names().get(same))) {
      same++;
    }
    return same == one.names().size() ? one : new SafePath(one.names().subList(0, same));
  }

  /** Whether a name is that of metadata that macOS adds to archives. */
  private static boolean isOfMac(Name name) {
    String text = name.toString();
    return text.startsWith("._") || text.equals(".DS_Store");
  }
}
