package tf.grid.hub.build.layer;

import tf.grid.hub.build.ArchiveException;

/**
 * Limits the work that the links of one image cause. A short entry can lead through many long link
 * targets, so the size of an archive does not limit it. For one thread.
 */
final class StepLimit {
  /** About a second of work; the links of real images take a few thousand steps. */
  private static final int MOST = 20_000_000;

  private int left = MOST;

  /**
   * Takes one step: a name of a link target, or an entry that a whiteout behind a link visits.
   *
   * @throws ArchiveException when no step is left
   */
  void take() throws ArchiveException {
    if (--left < 0) {
      throw new ArchiveException(
          "the layers of the image lead paths through symbolic links more often than the limit of "
              + MOST
              + " steps allows");
    }
  }
}
