package tf.grid.hub.catalogue.postgresql.transfer;

/**
 * Something that has a name in a repository, with all that is kept of it. Equal entries need not be
 * written again. Times are microseconds since the epoch.
 */
public sealed interface MovedEntry {

  /** The modification time. */
  long modified();

  /**
   * A flist.
   *
   * @param size in bytes
   * @param sha256 digest, 64 hexadecimal digits
   * @param md5 digest, 32 hexadecimal digits
   */
  record Flist(long modified, long size, String sha256, String md5) implements MovedEntry {}

  /**
   * A link to a flist or a tag, which need not exist.
   *
   * @param target its text
   */
  record Link(long modified, String target) implements MovedEntry {}

  /** A tag, without what is in it. */
  record Tag(long modified) implements MovedEntry {}
}
