package tf.grid.hub.build.tar;

import tf.grid.hub.build.tar.header.ExtendedAttributes;
import tf.grid.hub.flist.Name;

/**
 * One entry as the archive describes it, with long names, PAX records and sparse maps resolved. The
 * path is not validated.
 *
 * @param type type of the entry
 * @param path path as in the archive
 * @param target target of a link; empty for other types
 * @param mode permission bits, 0…07777
 * @param uid numeric id of the owner, 0…2³²−1
 * @param gid numeric id of the group, 0…2³²−1
 * @param user name of the owner; empty if the archive has only the id
 * @param group name of the group; empty if the archive has only the id
 * @param size bytes of content, including holes of sparse files; 0 for other types than files
 * @param modified Unix seconds, rounded down; may be negative
 * @param major major number of a device
 * @param minor minor number of a device
 * @param attributes extended attributes
 */
public record TarEntry(
    Type type,
    Name path,
    Name target,
    int mode,
    long uid,
    long gid,
    Name user,
    Name group,
    long size,
    long modified,
    long major,
    long minor,
    ExtendedAttributes attributes) {

  /** Types of entries. Tar has no sockets. */
  public enum Type {
    /** A regular file, including contiguous and sparse ones. */
    FILE,
    DIRECTORY,
    SYMBOLIC_LINK,
    /** Another name for an earlier entry. */
    HARD_LINK,
    CHARACTER_DEVICE,
    BLOCK_DEVICE,
    /** A named pipe; tar has no sockets. */
    FIFO
  }
}
