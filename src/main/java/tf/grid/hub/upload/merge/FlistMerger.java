package tf.grid.hub.upload.merge;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.flist.FlistDefects;
import tf.grid.hub.flist.FlistRejectedException;
import tf.grid.hub.flist.FlistTooLargeException;
import tf.grid.hub.flist.LostTails;
import tf.grid.hub.flist.file.FlistReader;
import tf.grid.hub.flist.file.FlistWriter;
import tf.grid.hub.flist.merge.FlistMerge;
import tf.grid.hub.publish.ChunkCheck;
import tf.grid.hub.publish.ChunkCheck.IncompleteFlistException;
import tf.grid.hub.publish.PublishSettings;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.upload.UploadException.UploadRejectedException;
import tf.grid.hub.upload.UploadLimit;
import tf.grid.hub.upload.merge.MergeSources.MergeSource;

/**
 * Publishes a flist that is merged of published ones. No chunk is read, but that all are there is
 * asked: sources may have come from another hub. Safe for any number of threads.
 */
@ApplicationScoped
public class FlistMerger {
  private static final String BACKEND = "backend";
  private static final String INCOMPLETE =
      "the contents of the sources is not fully present on backend";

  private final MergeSources sources;
  private final ChunkStore store;
  private final Catalogue catalogue;
  private final PublishSettings settings;
  private final UploadLimit places;

  /** For the container's proxy. */
  protected FlistMerger() {
    this(null, null, null, null, null);
  }

  /** Merges what is in this catalogue. */
  @Inject
  public FlistMerger(
      MergeSources sources,
      ChunkStore store,
      Catalogue catalogue,
      PublishSettings settings,
      UploadLimit places) {
    this.sources = sources;
    this.store = store;
    this.catalogue = catalogue;
    this.settings = settings;
    this.places = places;
  }

  /**
   * Merges flists, of which the first that has a path decides what is there. The target may be a
   * source, too.
   *
   * @param names of the sources, each {@code repository/flist}
   * @return warnings for those who merge; empty when all is well
   * @throws UploadRejectedException when a source cannot be merged, or the flist would be too large
   * @throws tf.grid.hub.catalogue.name.CatalogueException.FlistNotFoundException when a source is a
   *     link that leads nowhere
   */
  public List<String> merge(RepositoryName owner, FlistName target, List<String> names)
      throws IOException {
    List<MergeSource> found = sources.find(names);
    return places.<List<String>, IOException>within(
        owner,
        () -> {
          FlistDefects defects = new FlistDefects();
          try (OpenSources open = OpenSources.open(found, settings.workDir(), defects)) {
            publish(owner, target, open.readers());
            return defects.warnings();
          } catch (FlistRejectedException | FlistTooLargeException e) {
            throw new UploadRejectedException("the flists cannot be merged: " + e.getMessage(), e);
          } catch (IncompleteFlistException e) {
            throw new UploadRejectedException(INCOMPLETE + ": " + e.getMessage(), e);
          }
        });
  }

  private void publish(RepositoryName owner, FlistName target, List<FlistReader> readers)
      throws IOException {
    try (FlistWriter writer = new FlistWriter(settings.workDir(), LostTails.SHOWN)) {
      ChunkCheck chunks = new ChunkCheck(store);
      new FlistMerge(readers)
          .directories(
              listing -> {
                writer.directory(listing.path(), listing.self(), listing.contents());
                chunks.add(listing.contents());
              });
      chunks.finish();
      for (Map.Entry<String, String> metadata : readers.get(0).metadata().entrySet()) {
        writer.metadata(metadata.getKey(), metadata.getValue());
      }
      writer.metadata(BACKEND, settings.backend());
      catalogue.publish(
          owner,
          target,
          out -> {
            writer.writeTo(out);
            confirmChunks(readers);
          });
    }
  }

  /** Asks once more, which is the last thing to do before the flist gets its name. */
  private void confirmChunks(List<FlistReader> readers) throws IOException {
    ChunkCheck chunks = new ChunkCheck(store);
    new FlistMerge(readers).directories(listing -> chunks.add(listing.contents()));
    chunks.finish();
  }
}
