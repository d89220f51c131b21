package tf.grid.hub.catalogue.statistics;

import java.time.Instant;
import java.util.Optional;

/**
 * The downloads of a flist.
 *
 * @param downloads how many were begun
 * @param last when a client last downloaded the flist, or asked whether its copy is current; Unix
 *     seconds, 0 if none did
 */
public record DownloadCount(long downloads, long last) {
  /** Of a flist that was never downloaded. */
  public static final DownloadCount NONE = new DownloadCount(0, 0);

  /** The same with one more. */
  public DownloadCount downloaded(long now) {
    return new DownloadCount(downloads + 1, Math.max(last, now));
  }

  /** The same with another time. */
  public DownloadCount used(long now) {
    return new DownloadCount(downloads, Math.max(last, now));
  }

  /** All downloads of two counts. */
  public DownloadCount plus(DownloadCount other) {
    return new DownloadCount(downloads + other.downloads, Math.max(last, other.last));
  }

  /** When a client last downloaded the flist, or asked whether its copy is current. */
  public Optional<Instant> lastTime() {
    return last == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(last));
  }
}
