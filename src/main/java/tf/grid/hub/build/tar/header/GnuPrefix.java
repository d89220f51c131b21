package tf.grid.hub.build.tar.header;

/**
 * What a path prefix in a GNU header means. GNU headers have times where ustar headers have the
 * prefix, but Go before 1.8 wrote a prefix there when a number was too large for octal digits.
 */
public enum GnuPrefix {
  /** Nothing, as for GNU tar and bsdtar. */
  IGNORED,
  /**
   * The directory of the entry when the bytes cannot be times, as <a
   * href="https://go.dev/issue/12594">Go's own reader</a> decides it; container tools do the same.
   */
  USED
}
