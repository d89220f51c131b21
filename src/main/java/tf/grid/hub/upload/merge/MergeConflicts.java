package tf.grid.hub.upload.merge;

import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.flist.FlistDefects;
import tf.grid.hub.flist.FlistRejectedException;
import tf.grid.hub.flist.merge.FlistMerge;
import tf.grid.hub.flist.merge.MergePreview;
import tf.grid.hub.http.json.JsonBody;
import tf.grid.hub.limit.ReadLimit;
import tf.grid.hub.publish.PublishSettings;
import tf.grid.hub.upload.UploadRejectedException;
import tf.grid.hub.upload.merge.MergeSources.MergeSource;

/**
 * Lists the conflicts of a merge before it is run: paths at which the sources differ. Thread-safe;
 * limits the number of concurrent reads.
 */
@SingletonBean
public class MergeConflicts {

  private final MergeSources sources;
  private final PublishSettings settings;
  private final ReadLimit readLimit;

  /** Reads flists within a limit. */
  @Inject
  public MergeConflicts(MergeSources sources, PublishSettings settings, ReadLimit readLimit) {
    this.sources = sources;
    this.settings = settings;
    this.readLimit = readLimit;
  }

  /**
   * Lists the entries that a merge of these flists would drop.
   *
   * @param names names of the sources, each {@code repository/flist}
   * @return conflicts up to a limit, and whether there are more
   * @throws UploadRejectedException if a source cannot be merged
   * @throws tf.grid.hub.catalogue.name.CatalogueException.FlistNotFoundException if a source is a
   *     broken link
   * @throws tf.grid.hub.limit.TryAgainLaterException if too many flists are being read
   */
  public JsonBody of(List<String> names) throws IOException {
    return look(names, merge -> ConflictsJson.of(merge, names));
  }

  /**
   * Returns what the merge would make; throws as {@link #of}.
   *
   * @param most maximum number of conflicts that are listed
   */
  public MergePreview preview(List<String> names, int most) throws IOException {
    return look(names, merge -> merge.preview(most));
  }

  private <T> T look(List<String> names, Look<T> look) throws IOException {
    List<MergeSource> found = sources.find(names);
    return readLimit.take(
        () -> {
          try (OpenMergeSources open =
              OpenMergeSources.open(found, settings.workDir(), new FlistDefects())) {
            return look.at(new FlistMerge(open.readers()));
          } catch (FlistRejectedException e) {
            throw new UploadRejectedException("the flists cannot be merged: " + e.getMessage(), e);
          }
        });
  }

  /** Reads from a merge. */
  @FunctionalInterface
  private interface Look<T> {
    T at(FlistMerge merge) throws IOException;
  }
}
