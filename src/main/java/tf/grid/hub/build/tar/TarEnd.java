package tf.grid.hub.build.tar;

/** How a reader knows that an archive is whole. */
public enum TarEnd {
  /** By its end mark, behind which only zeros may come. */
  MARKED,
  /**
   * Its reader checks a digest of all bytes: the mark may be missing, and what follows it is passed
   * over, as programs that unpack container images do.
   */
  PROVEN
}
