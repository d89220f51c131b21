package tf.grid.hub.upload.flist;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import java.util.function.Function;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.flist.FlistDefects;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.FlistRejectedException;
import tf.grid.hub.flist.FlistTooLargeException;
import tf.grid.hub.flist.file.FlistReader;
import tf.grid.hub.http.form.FileForm;
import tf.grid.hub.http.form.IncomingForm;
import tf.grid.hub.limit.queue.UploadLimit;
import tf.grid.hub.progress.Progress;
import tf.grid.hub.progress.ReceivedStream;
import tf.grid.hub.publish.ChunkCheck.IncompleteFlistException;
import tf.grid.hub.publish.FlistPublisher;
import tf.grid.hub.publish.NewFlist;
import tf.grid.hub.publish.PublishSettings;
import tf.grid.hub.upload.UploadRejectedException;

/**
 * Publishes uploaded flists whose chunks are all in the store. The flist is rewritten; the uploaded
 * bytes are never published. Thread-safe.
 */
@SingletonBean
public class FlistUpload {
  private static final String SUFFIX = FlistName.SUFFIX;

  /** Clients recognize the error by this prefix. */
  private static final String INCOMPLETE =
      "unauthorized upload, contents is not fully present on backend";

  private final ChunkInspector inspection;
  private final FlistPublisher publisher;
  private final PublishSettings settings;
  private final UploadLimit<RepositoryName> places;

  /** Checks the chunks of flists and publishes the flists. */
  @Inject
  public FlistUpload(
      ChunkInspector inspection,
      FlistPublisher publisher,
      PublishSettings settings,
      UploadLimit<RepositoryName> places) {
    this.inspection = inspection;
    this.publisher = publisher;
    this.settings = settings;
    this.places = places;
  }

  /**
   * Publishes a flist in the field {@code file} of a form; ignores other fields.
   *
   * @param naming the name of the flist for that of the file
   * @param named receives the name of the flist as soon as it is known
   * @throws UploadRejectedException if the file is not a valid flist, or if chunks of it are
   *     missing or damaged
   */
  public UploadedFlist fromForm(
      RepositoryName owner,
      IncomingForm form,
      Function<String, FlistName> naming,
      Consumer<FlistName> named,
      Progress progress)
      throws IOException {
    return places.<UploadedFlist, IOException>within(
        owner,
        form.arrival(),
        () -> {
          FileForm upload = FileForm.ofFile(form, SUFFIX);
          FlistName name = naming.apply(upload.fileName());
          named.accept(name);
          publisher.refuseFull(owner, name);
          InputStream file = new ReceivedStream(upload.file(), progress);
          FlistDefects defects = new FlistDefects();
          try (FlistReader flist =
              FlistReader.open(
                  file, settings.workDir(), FlistLimits.DEFAULT, FlistReader.IN_MEMORY, defects)) {
            upload.finish();
            return publish(owner, name, flist, defects);
          } catch (FlistRejectedException | FlistTooLargeException e) {
            throw new UploadRejectedException(e.getMessage(), e);
          } catch (IncompleteFlistException e) {
            throw new UploadRejectedException(INCOMPLETE + ": " + e.getMessage(), e);
          }
        });
  }

  private UploadedFlist publish(
      RepositoryName owner, FlistName name, FlistReader flist, FlistDefects defects)
      throws IOException {
    SpooledAnswer answer =
        SpooledAnswer.of(
            settings.workDir(), out -> FlistUploadAnswer.write(name, flist, defects, out));
    boolean published = false;
    try {
      NewFlist made =
          publisher.publish(owner, name, flist::directories, flist.metadata(), inspection.begin());
      published = true;
      return new UploadedFlist(made, answer);
    } finally {
      if (!published) {
        answer.close();
      }
    }
  }

  /**
   * An uploaded flist that was published.
   *
   * @param flist name and counts
   * @param answer the response for API clients: name, counts and all entries; the caller drains or
   *     closes it
   */
  public record UploadedFlist(NewFlist flist, SpooledAnswer answer) {}
}
