package tf.grid.hub.build.limit;

import java.time.Duration;

/**
 * Limits for one archive, checked while it is read.
 *
 * @param entries maximum entries, including implied directories
 * @param pathBytes maximum bytes of a path
 * @param componentBytes maximum bytes of one name in a path, and of an owner's name
 * @param headerBytes maximum bytes of long names, PAX records and sparse maps of one entry
 * @param fileBytes maximum size of one file including holes
 * @param unpackedBytes maximum size of the uncompressed archive, and of all files including holes
 * @param ratio maximum ratio of uncompressed to received bytes
 * @param ratioFloor uncompressed bytes up to which the ratio is not checked
 * @param time maximum duration of the upload
 */
public record ArchiveLimits(
    long entries,
    int pathBytes,
    int componentBytes,
    int headerBytes,
    long fileBytes,
    long unpackedBytes,
    long ratio,
    long ratioFloor,
    Duration time) {

  /** The number of pieces of a file must fit in 31 bits. */
  private static final long MOST_FILE_BYTES = 1L << 49;

  /** The limits of a hub with the default configuration. */
  public static final ArchiveLimits DEFAULT =
      new ArchiveLimits(
          10_000_000,
          4096,
          255,
          1 << 20,
          200L << 30,
          200L << 30,
          2000,
          64L << 20,
          Duration.ofHours(6));

  /** Checks that the limits are positive and not too large to be counted. */
  public ArchiveLimits {
    boolean positive =
        entries > 0
            && pathBytes > 0
            && componentBytes > 0
            && headerBytes > 0
            && fileBytes > 0
            && unpackedBytes > 0
            && ratio > 0
            && ratioFloor >= 0
            && !time.isNegative()
            && !time.isZero();
    if (!positive || fileBytes > MOST_FILE_BYTES) {
      throw new IllegalArgumentException("limits that no archive can keep or count");
    }
  }

  /** A copy with another limit of entries. */
  public ArchiveLimits withEntries(long most) {
    return new ArchiveLimits(
        most,
        pathBytes,
        componentBytes,
        headerBytes,
        fileBytes,
        unpackedBytes,
        ratio,
        ratioFloor,
        time);
  }

  /** A copy with another limit of the uncompressed size, which also limits single files. */
  public ArchiveLimits withUnpackedBytes(long most) {
    return new ArchiveLimits(
        entries,
        pathBytes,
        componentBytes,
        headerBytes,
        Math.min(most, MOST_FILE_BYTES),
        most,
        ratio,
        ratioFloor,
        time);
  }

  /** A copy with another ratio, checked above this number of uncompressed bytes. */
  public ArchiveLimits withRatio(long most, long floor) {
    return new ArchiveLimits(
        entries,
        pathBytes,
        componentBytes,
        headerBytes,
        fileBytes,
        unpackedBytes,
        most,
        floor,
        time);
  }

  /** A copy with another maximum duration. */
  public ArchiveLimits withTime(Duration most) {
    return new ArchiveLimits(
        entries,
        pathBytes,
        componentBytes,
        headerBytes,
        fileBytes,
        unpackedBytes,
        ratio,
        ratioFloor,
        most);
  }
}
