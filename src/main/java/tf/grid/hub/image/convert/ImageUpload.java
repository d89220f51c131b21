package tf.grid.hub.image.convert;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tf.grid.hub.build.ArchiveRejected;
import tf.grid.hub.build.layer.LayerBuilder;
import tf.grid.hub.build.layer.LayeredBuild;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.http.RequestBody;
import tf.grid.hub.image.archive.ArchivedImage;
import tf.grid.hub.image.archive.ImageArchive;
import tf.grid.hub.image.pull.PullFailure;
import tf.grid.hub.image.reference.Platform;
import tf.grid.hub.progress.Progress;
import tf.grid.hub.upload.FormFields;
import tf.grid.hub.upload.IncomingForm;
import tf.grid.hub.upload.Publication;
import tf.grid.hub.upload.UploadForm;
import tf.grid.hub.upload.UploadPlaces;
import tf.grid.hub.upload.UploadSettings;
import tf.grid.hub.upload.Uploaded;

/**
 * Turns archives of images into published flists while they arrive. Safe for any number of threads,
 * of which it lets a bounded number work at once.
 */
@ApplicationScoped
public class ImageUpload {
  private final LayerBuilder builder;
  private final Publication publication;
  private final UploadPlaces places;
  private final UploadSettings settings;
  private final Clock clock;

  /** For the container's proxy. */
  protected ImageUpload() {
    this(null, null, null, null, null);
  }

  /** Publishes there. */
  @Inject
  public ImageUpload(
      LayerBuilder builder,
      Publication publication,
      UploadPlaces places,
      UploadSettings settings,
      Clock clock) {
    this.builder = builder;
    this.publication = publication;
    this.places = places;
    this.settings = settings;
    this.clock = clock;
  }

  /** An archive that is the whole body of a request. */
  public Uploaded fromStream(
      RepositoryName owner,
      FlistName name,
      Optional<Platform> platform,
      InputStream body,
      Progress progress)
      throws IOException, ArchiveRejected {
    return places.<Uploaded, ArchiveRejected>within(
        owner,
        () -> {
          try (LayeredBuild build = builder.begin(progress)) {
            ImageArchive archive = ImageArchive.read(build, builder, limited(body));
            return publish(owner, name, build, chosen(archive, platform));
          }
        });
  }

  /**
   * An archive in the field {@code file} of a form; the fields {@code name} and {@code platform}
   * may come before and after it.
   *
   * @param originalName what the header {@code X-Original-Name} says
   * @param whenNamed is told the name of the flist when it is known, which is after the archive
   */
  public Uploaded fromForm(
      RepositoryName owner,
      IncomingForm form,
      Optional<String> originalName,
      Consumer<FlistName> whenNamed,
      Progress progress)
      throws IOException, ArchiveRejected {
    return places.<Uploaded, ArchiveRejected>within(
        owner,
        () -> {
          FormFields fields = new FormFields();
          UploadForm upload = UploadForm.withFields(form, fields);
          try (LayeredBuild build = builder.begin(progress)) {
            ImageArchive archive = ImageArchive.read(build, builder, upload.file());
            upload.finish();
            Optional<Platform> platform = fields.value("platform").map(Platform::parse);
            FlistName name =
                fields
                    .value("name")
                    .map(FlistName::parse)
                    .orElseGet(() -> upload.nameWithout(ArchiveSuffix::removed, originalName));
            whenNamed.accept(name);
            return publish(owner, name, build, chosen(archive, platform));
          }
        });
  }

  /** The words for images that cannot be pulled would not fit: this one was brought. */
  private static ArchivedImage chosen(ImageArchive archive, Optional<Platform> platform)
      throws ArchiveRejected {
    try {
      return archive.image(platform);
    } catch (PullFailure e) {
      throw new ArchiveRejected(e.getMessage(), e);
    }
  }

  private Uploaded publish(
      RepositoryName owner, FlistName name, LayeredBuild build, ArchivedImage image)
      throws IOException, ArchiveRejected {
    FetchedImage fetched = new FetchedImage(image.config(), image.layers(), origin(image));
    try (ConvertedImage converted = ImageConversion.converted(build, fetched)) {
      return publication.publish(owner, name, converted.tree(), converted.metadata());
    }
  }

  private static Map<String, String> origin(ArchivedImage image) {
    Map<String, String> origin = new LinkedHashMap<>();
    image.reference().ifPresent(reference -> origin.put("reference", reference));
    image.manifest().ifPresent(digest -> origin.put("digest", digest.toString()));
    origin.put("id", image.id().toString());
    origin.put("platform", image.config().platform().toString());
    return origin;
  }

  private InputStream limited(InputStream body) {
    return new RequestBody(body, settings.maxBytes(), clock);
  }
}
