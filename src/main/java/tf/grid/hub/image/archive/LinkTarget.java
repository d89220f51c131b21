package tf.grid.hub.image.archive;

import java.util.ArrayList;
import java.util.List;
import tf.grid.hub.build.SafePath;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.build.limit.ArchiveLimits;
import tf.grid.hub.flist.Name;

/**
 * Resolves symbolic links in an archive. Older engines write a repeated layer as a link such as
 * {@code ../<id>/layer.tar}.
 */
final class LinkTarget {
  private static final Name UP = Name.of("..");

  private LinkTarget() {}

  /**
   * Returns the target path.
   *
   * @throws ArchiveException if the target is outside the archive
   */
  static SafePath of(SafePath link, Name target, ArchiveLimits limits) throws ArchiveException {
    String text = target.toString();
    if (text.startsWith("/")) {
      throw outside(link);
    }
    List<Name> names = new ArrayList<>(link.parent().names());
    for (String part : text.split("/", -1)) {
      if (Name.of(part).equals(UP)) {
        if (names.isEmpty()) {
          throw outside(link);
        }
        names.remove(names.size() - 1);
      } else if (!part.isEmpty()) {
        names.addAll(SafePath.of(Name.of(part), limits).names());
      }
    }
    return new SafePath(List.copyOf(names));
  }

  private static ArchiveException outside(SafePath link) {
    return new ArchiveException(
        "the archive has a link that leads out of it: "
            + link
            + "; "
            + ArchiveContents.FILE_SYSTEM);
  }
}
