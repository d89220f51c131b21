package tf.grid.hub.build.tar;

import tf.grid.hub.build.tar.header.ExtendedAttributes;
import tf.grid.hub.flist.Name;

/**
 * One entry as the archive describes it, with long names, PAX records and sparse maps resolved.
 * Nothing about the path is checked yet.
 *
 * @param type what it is
 * @param path its path as written
 * @param target where a link points to; empty for others
 * @param mode permission bits, 0…07777
 * @param uid number of the owner, 0…2³²−1
 * @param gid number of the group, 0…2³²−1
 * @param user name of the owner; empty when the archive has only the number
 * @param group name of the group; empty when the archive has only the number
 * @param size bytes of content, holes of sparse files included; 0 for all but files
 * @param modified Unix seconds, rounded down; may be negative
 * @param major of a device
 * @param minor of a device
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

  /** What an entry can be. Tar has no sockets. */
  public enum Type {
    /** A regular file, contiguous and sparse ones included. */
    FILE,
    /** A directory. */
    DIRECTORY,
    /** A symbolic link. */
    SYMBOLIC_LINK,
    /** Another name for an earlier entry. */
    HARD_LINK,
    /** A character device. */
    CHARACTER_DEVICE,
    /** A block device. */
    BLOCK_DEVICE,
    /** A named pipe. */
    FIFO
  }
}
