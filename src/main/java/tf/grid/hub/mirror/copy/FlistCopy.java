package tf.grid.hub.mirror.copy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.flist.FlistDefects;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.file.FlistReader;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.limit.queue.UploadLimit;
import tf.grid.hub.mirror.source.HubSource.Answer;
import tf.grid.hub.mirror.source.RemoteChunks;
import tf.grid.hub.publish.FlistPublisher;
import tf.grid.hub.publish.PublishSettings;
import tf.grid.hub.upload.flist.ChunkInspector;

/**
 * Copies one flist: reads it as an untrusted one, fetches its missing chunks, verifies them like
 * those of an uploaded flist, and publishes it with the backend of this hub. Whatever fails, the
 * previous version stays. Thread-safe.
 */
public final class FlistCopy {
  private final ChunkFetch chunks;
  private final ChunkInspector inspection;
  private final FlistPublisher publisher;
  private final PublishSettings settings;
  private final UploadLimit<RepositoryName> places;
  private final CopyCounters counters;
  private final Ticker ticker;

  /**
   * Creates an instance with its dependencies.
   *
   * @param places a copy counts as an upload, which also protects its chunks from collections
   */
  public FlistCopy(
      ChunkFetch chunks,
      ChunkInspector inspection,
      FlistPublisher publisher,
      PublishSettings settings,
      UploadLimit<RepositoryName> places,
      CopyCounters counters,
      Ticker ticker) {
    this.chunks = chunks;
    this.inspection = inspection;
    this.publisher = publisher;
    this.settings = settings;
    this.places = places;
    this.counters = counters;
    this.ticker = ticker;
  }

  /**
   * Copies a flist unless it is unchanged.
   *
   * @param known entity tag of the version that this hub has
   * @return entity tag of the version that this hub has now
   * @throws tf.grid.hub.mirror.source.SourceException if the source cannot be read, or does not
   *     have a chunk
   * @throws tf.grid.hub.flist.FlistRejectedException if the flist is invalid
   * @throws tf.grid.hub.publish.ChunkCheck.IncompleteFlistException if its keys do not open its
   *     chunks
   */
  Optional<String> copy(
      CopySource source,
      RepositoryName from,
      RepositoryName to,
      FlistName name,
      Optional<String> known)
      throws IOException {
    return places.<Optional<String>, IOException>within(
        to,
        () -> {
          Answer<FlistReader> answer = source.hub().flist(from, name, known, this::open);
          if (answer.content().isPresent()) {
            try (FlistReader flist = answer.content().get()) {
              publish(source, to, name, flist);
            }
          }
          return answer.tag();
        });
  }

  private FlistReader open(InputStream body) throws IOException {
    return FlistReader.open(
        body, settings.workDir(), FlistLimits.DEFAULT, FlistReader.IN_MEMORY, new FlistDefects());
  }

  private void publish(CopySource source, RepositoryName to, FlistName name, FlistReader flist)
      throws IOException {
    try (RemoteChunks remote =
        new RemoteChunks(
            source.hub(), flist.metadata(), source.backends(), source.trustsHost(), ticker)) {
      chunks.fetch(flist, remote);
    }
    var unused =
        publisher.publish(to, name, flist::directories, flist.metadata(), inspection.begin());
    counters.flist();
  }
}
