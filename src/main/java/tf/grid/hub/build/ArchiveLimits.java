package tf.grid.hub.build;

import java.time.Duration;

/**
 * What one archive may ask of the hub; counted while it streams by.
 *
 * @param entries entries, implied directories included
 * @param pathBytes length of a path
 * @param componentBytes length of one name in a path, and of an owner's name
 * @param headerBytes long names, PAX records and sparse maps of one entry
 * @param fileBytes size of one file with its holes
 * @param unpackedBytes size of the unpacked archive, and of all files with their holes
 * @param ratio how many times larger than the bytes that came in the unpacked ones may be
 * @param ratioFloor unpacked bytes up to which the ratio is not looked at
 * @param time how long it may take to arrive
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

  /** A file's pieces are counted in 31 bits. */
  private static final long MOST_FILE_BYTES = 1L << 49;

  /** What a hub takes unless it is told otherwise. */
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

  /** Refuses limits that would let nothing through, or more than can be counted. */
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

  /** The same with another number of entries. */
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

  /** The same with another unpacked size, of all files and thus of a single one. */
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

  /** The same with another expansion ratio, looked at from so many unpacked bytes on. */
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

  /** The same with another time. */
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
