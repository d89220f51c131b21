package tf.grid.hub.image.convert;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.build.layer.LayerBuilder;
import tf.grid.hub.build.layer.LayeredBuild;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.UploadName;
import tf.grid.hub.http.body.RequestBody;
import tf.grid.hub.http.form.FileForm;
import tf.grid.hub.http.form.FormFields;
import tf.grid.hub.http.form.IncomingForm;
import tf.grid.hub.image.PullException;
import tf.grid.hub.image.archive.ArchivedImage;
import tf.grid.hub.image.archive.ImageArchive;
import tf.grid.hub.image.reference.Platform;
import tf.grid.hub.image.source.ImageSource.FetchedImage;
import tf.grid.hub.image.tree.ConvertedImage;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.limit.queue.UploadLimit;
import tf.grid.hub.progress.Progress;
import tf.grid.hub.publish.FlistPublisher;
import tf.grid.hub.publish.NewFlist;
import tf.grid.hub.publish.PublishSettings;

/**
 * Converts image archives to published flists while they arrive. Thread-safe; the number of
 * concurrent uploads is limited.
 */
@SingletonBean
public class ImageUpload {
  private final LayerBuilder builder;
  private final FlistPublisher publication;
  private final UploadLimit<RepositoryName> places;
  private final PublishSettings settings;
  private final Ticker ticker;

  @Inject
  public ImageUpload(
      LayerBuilder builder,
      FlistPublisher publication,
      UploadLimit<RepositoryName> places,
      PublishSettings settings,
      Ticker ticker) {
    this.builder = builder;
    this.publication = publication;
    this.places = places;
    this.settings = settings;
    this.ticker = ticker;
  }

  /** Converts an archive that is the whole body of a request. */
  public NewFlist fromStream(
      RepositoryName owner,
      FlistName name,
      Optional<Platform> platform,
      InputStream body,
      Progress progress)
      throws IOException, ArchiveException {
    RequestBody limited = limited(body);
    return places.<NewFlist, ArchiveException>within(
        owner,
        limited,
        () -> {
          publication.refuseFull(owner, name);
          try (LayeredBuild build = builder.begin(owner, progress)) {
            ImageArchive archive =
                ImageConversion.checked(build, () -> ImageArchive.read(build, builder, limited));
            return publish(owner, name, build, chosen(archive, platform));
          }
        });
  }

  /**
   * Converts an archive in the field {@code file} of a form; the fields {@code name} and {@code
   * platform} may precede or follow it.
   *
   * @param originalName the header {@code X-Original-Name}
   * @param whenNamed receives the name of the flist when it is known, after the archive
   */
  public NewFlist fromForm(
      RepositoryName owner,
      IncomingForm form,
      Optional<String> originalName,
      Consumer<FlistName> whenNamed,
      Progress progress)
      throws IOException, ArchiveException {
    return places.<NewFlist, ArchiveException>within(
        owner,
        form.arrival(),
        () -> {
          FormFields fields = new FormFields();
          FileForm upload = FileForm.withFields(form, fields);
          try (LayeredBuild build = builder.begin(owner, progress)) {
            ImageArchive archive =
                ImageConversion.checked(
                    build, () -> ImageArchive.read(build, builder, upload.file()));
            upload.finish();
            Optional<Platform> platform = fields.value("platform").map(Platform::parse);
            FlistName name =
                fields
                    .value("name")
                    .map(FlistName::parse)
                    .orElseGet(() -> nameOf(upload, originalName));
            whenNamed.accept(name);
            return publish(owner, name, build, chosen(archive, platform));
          }
        });
  }

  private static FlistName nameOf(FileForm upload, Optional<String> originalName) {
    return FlistName.parse(ArchiveSuffix.removed(UploadName.of(originalName, upload.fileName())));
  }

  /** Converts errors to messages for uploads; those for pulls would be misleading. */
  private static ArchivedImage chosen(ImageArchive archive, Optional<Platform> platform)
      throws ArchiveException {
    try {
      return archive.image(platform);
    } catch (PullException e) {
      throw new ArchiveException(e.getMessage(), e);
    }
  }

  private NewFlist publish(
      RepositoryName owner, FlistName name, LayeredBuild build, ArchivedImage image)
      throws IOException, ArchiveException {
    FetchedImage fetched = new FetchedImage(image.config(), image.layers(), image.origin());
    try (ConvertedImage converted = ConvertedImage.of(build, fetched)) {
      return publication.publish(owner, name, converted.tree(), converted.metadata());
    }
  }

  private RequestBody limited(InputStream body) {
    return new RequestBody(body, settings.maxBytes(), ticker);
  }

  static final class ArchiveSuffix {
    private static final List<String> USUAL =
        List.of(
            ".tar.gz",
            ".tar.bz2",
            ".tar.xz",
            ".tar.zst",
            ".oci.tar",
            ".docker.tar",
            ".tar",
            ".tgz",
            ".oci");

    private ArchiveSuffix() {}

    /** The name without the longest of them, in whatever case. */
    static String removed(String name) {
      return USUAL.stream()
          .filter(suffix -> name.toLowerCase(Locale.ROOT).endsWith(suffix))
          .findFirst()
          .map(suffix -> name.substring(0, name.length() - suffix.length()))
          .orElse(name);
    }
  }
}
