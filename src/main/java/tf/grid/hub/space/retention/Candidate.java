package tf.grid.hub.space.retention;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import tf.grid.hub.catalogue.digest.ContentVersion;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;

/**
 * A flist that rules may be for.
 *
 * @param version of its content
 * @param file where it is, as the catalogue names it
 * @param lastDownload if it was downloaded since downloads are counted
 * @param countedSince since when downloads are counted
 */
record Candidate(
    RepositoryName repository,
    FlistName name,
    Path file,
    ContentVersion version,
    Optional<Instant> lastDownload,
    Instant countedSince) {

  Instant changed() {
    return Instant.EPOCH.plusNanos(version.modifiedNanos());
  }

  /**
   * The last download or change. What happened before downloads were counted is unknown, so the
   * flist may have been downloaded immediately before that.
   */
  Instant lastUse() {
    Instant download = lastDownload.filter(countedSince::isBefore).orElse(countedSince);
    return changed().isAfter(download) ? changed() : download;
  }
}
