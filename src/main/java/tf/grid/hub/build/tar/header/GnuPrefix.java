package tf.grid.hub.build.tar.header;

/**
 * How a path prefix in a GNU header is interpreted. GNU headers contain times where ustar headers
 * contain the prefix, but Go before 1.8 wrote a prefix there if a number was too large for octal
 * digits.
 */
public enum GnuPrefix {
  /** The prefix is ignored, as by GNU tar and bsdtar. */
  IGNORED,
  /**
   * The prefix is used if the bytes cannot be times, as by <a
   * href="https://go.dev/issue/12594">Go's reader</a> and container tools.
   */
  USED
}
