package tf.grid.hub.catalogue.statistics;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;

/**
 * Counts downloads by the name of the flist, in memory. {@link #flush} writes what has changed, so
 * that a kill loses only what was counted since. Thread-safe.
 */
public interface DownloadCounts extends Closeable {

  /**
   * Reads the counts of a hub without others, or begins counting.
   *
   * @param file is created if necessary
   * @param users the directory of repositories
   * @throws IOException if the file cannot be read or written
   */
  static DownloadCounts open(Path file, Path users, Clock clock) throws IOException {
    return CountsInFile.open(file, users, clock);
  }

  /** Since when downloads are counted; nothing is known about earlier ones. */
  Instant since();

  /**
   * The downloads of a flist, as far as they are known at the moment.
   *
   * @param file the flist itself, not a link, as the catalogue names it
   */
  DownloadCount of(Path file);

  /**
   * The downloads of a flist with all that other hubs have written.
   *
   * @throws IOException if that cannot be found out
   */
  DownloadCount exactly(Path file) throws IOException;

  /** Counts a download, through whatever link it was. */
  void downloaded(Path file);

  /** Notes that a client has asked whether its copy is current, or for another part. */
  void used(Path file);

  /** Keeps the counts of a flist that was renamed; those of a replaced one are dropped. */
  void renamed(Path from, Path to);

  /** Drops the counts of a flist that was deleted. */
  void deleted(Path file);

  /** Writes what has changed. A failure is logged, and all is written the next time. */
  void flush();
}
