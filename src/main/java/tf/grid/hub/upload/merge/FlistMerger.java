package tf.grid.hub.upload.merge;

import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.flist.FlistDefects;
import tf.grid.hub.flist.FlistRejectedException;
import tf.grid.hub.flist.FlistTooLargeException;
import tf.grid.hub.flist.file.FlistReader;
import tf.grid.hub.flist.merge.FlistMerge;
import tf.grid.hub.limit.queue.UploadLimit;
import tf.grid.hub.publish.ChunkCheck.IncompleteFlistException;
import tf.grid.hub.publish.FlistPublisher;
import tf.grid.hub.publish.PublishSettings;
import tf.grid.hub.upload.UploadRejectedException;
import tf.grid.hub.upload.merge.MergeSources.MergeSource;

/**
 * Merges published flists into a new one. Reads no chunks, but checks that all exist, because
 * sources may come from another hub. Thread-safe.
 */
@SingletonBean
public class FlistMerger {
  private static final String INCOMPLETE =
      "the contents of the sources is not fully present on backend";

  private final MergeSources sources;
  private final FlistPublisher publisher;
  private final PublishSettings settings;
  private final UploadLimit<RepositoryName> places;

  /** Merges these sources and publishes the result. */
  @Inject
  public FlistMerger(
      MergeSources sources,
      FlistPublisher publisher,
      PublishSettings settings,
      UploadLimit<RepositoryName> places) {
    this.sources = sources;
    this.publisher = publisher;
    this.settings = settings;
    this.places = places;
  }

  /**
   * Merges flists. At each path the first source that has an entry there wins. The target may also
   * be a source.
   *
   * @param names names of the sources, each {@code repository/flist}
   * @return warnings about the sources; empty if there are none
   * @throws UploadRejectedException if a source cannot be merged, if chunks are missing, or if the
   *     flist would be too large
   * @throws tf.grid.hub.catalogue.name.CatalogueException.FlistNotFoundException if a source is a
   *     broken link
   */
  public List<String> merge(RepositoryName owner, FlistName target, List<String> names)
      throws IOException {
    List<MergeSource> found = sources.find(names);
    return places.<List<String>, IOException>within(
        owner,
        () -> {
          publisher.refuseFull(owner, target);
          FlistDefects defects = new FlistDefects();
          try (OpenMergeSources open = OpenMergeSources.open(found, settings.workDir(), defects)) {
            List<FlistReader> readers = open.readers();
            FlistMerge merge = new FlistMerge(readers);
            Map<String, String> metadata = readers.get(0).metadata();
            publisher.publish(owner, target, merge::directories, metadata);
            return defects.warnings();
          } catch (FlistRejectedException | FlistTooLargeException e) {
            throw new UploadRejectedException("the flists cannot be merged: " + e.getMessage(), e);
          } catch (IncompleteFlistException e) {
            throw new UploadRejectedException(INCOMPLETE + ": " + e.getMessage(), e);
          }
        });
  }
}
