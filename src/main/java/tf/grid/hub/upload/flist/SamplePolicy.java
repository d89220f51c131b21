package tf.grid.hub.upload.flist;

/**
 * How many chunks of an uploaded flist are opened; that all are there is asked in any case.
 *
 * @param always so many of each flist are, whatever its size
 * @param percent of those beyond, 0 to 100
 */
public record SamplePolicy(long always, int percent) {

  /** Refuses what is no share. */
  public SamplePolicy {
    if (always < 0 || percent < 0 || percent > 100) {
      throw new IllegalArgumentException("not a sample: " + always + ", " + percent + " %");
    }
  }
}
