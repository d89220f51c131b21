package tf.grid.hub.upload;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.build.BuiltTree;
import tf.grid.hub.build.FlistBuilder;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.UploadName;
import tf.grid.hub.http.body.RequestBody;
import tf.grid.hub.http.form.FileForm;
import tf.grid.hub.http.form.IncomingForm;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.limit.queue.UploadLimit;
import tf.grid.hub.progress.Progress;
import tf.grid.hub.publish.FlistPublisher;
import tf.grid.hub.publish.NewFlist;
import tf.grid.hub.publish.PublishSettings;

/**
 * Reads uploaded archives while they arrive and publishes them as flists. All chunks are stored
 * before the flist is published, so a failed upload changes nothing. Thread-safe.
 */
@SingletonBean
public class ArchiveUpload {
  private final FlistBuilder builder;
  private final FlistPublisher publication;
  private final PublishSettings settings;
  private final UploadLimit<RepositoryName> places;
  private final Ticker ticker;

  /** Builds flists with this builder and publishes them. */
  @Inject
  public ArchiveUpload(
      FlistBuilder builder,
      FlistPublisher publication,
      PublishSettings settings,
      UploadLimit<RepositoryName> places,
      Ticker ticker) {
    this.builder = builder;
    this.publication = publication;
    this.settings = settings;
    this.places = places;
    this.ticker = ticker;
  }

  /** Publishes an archive that is the body of a request, under the name in the URL. */
  public NewFlist fromStream(
      RepositoryName owner, FlistName name, InputStream archive, Progress progress)
      throws IOException, ArchiveException {
    RequestBody body = limited(archive);
    return places.<NewFlist, ArchiveException>within(
        owner,
        body,
        () -> {
          publication.refuseFull(owner, name);
          try (BuiltTree tree = builder.build(owner, body, progress)) {
            return publication.publish(owner, name, tree, Map.of());
          }
        });
  }

  /**
   * Publishes an archive in the field {@code file} of a form; {@code metadata-} fields may come
   * before or after it.
   *
   * @param naming the name of the flist for that of the file
   * @param named receives the name of the flist as soon as it is known
   */
  public NewFlist fromForm(
      RepositoryName owner,
      IncomingForm form,
      Function<String, FlistName> naming,
      Consumer<FlistName> named,
      Progress progress)
      throws IOException, ArchiveException {
    return places.<NewFlist, ArchiveException>within(
        owner,
        form.arrival(),
        () -> {
          FormMetadata metadata = new FormMetadata();
          FileForm upload = FileForm.of(form, UploadName::isArchive, metadata::take);
          FlistName name = naming.apply(upload.fileName());
          named.accept(name);
          publication.refuseFull(owner, name);
          try (BuiltTree tree = builder.build(owner, upload.file(), progress)) {
            upload.finish();
            return publication.publish(owner, name, tree, metadata.values());
          }
        });
  }

  private RequestBody limited(InputStream body) {
    return new RequestBody(body, settings.maxBytes(), ticker);
  }
}
