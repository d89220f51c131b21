package tf.grid.hub.image.convert;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tf.grid.hub.build.ArchiveRejected;
import tf.grid.hub.build.BuiltTree;
import tf.grid.hub.build.layer.Layer;
import tf.grid.hub.build.layer.LayerBuilder;
import tf.grid.hub.build.layer.LayeredBuild;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.image.config.ImageMetadata;
import tf.grid.hub.image.config.StartUp;
import tf.grid.hub.progress.Progress;
import tf.grid.hub.upload.Publication;
import tf.grid.hub.upload.UploadPlaces;
import tf.grid.hub.upload.Uploaded;

/**
 * Fetches images and publishes them as flists. The same image, wanted by several at once, is
 * fetched and converted once. Safe for any number of threads, of which it lets a bounded number
 * convert at once.
 */
@ApplicationScoped
public class ImageConversion {
  private final ImageSource source;
  private final LayerBuilder builder;
  private final Publication publication;
  private final UploadPlaces places;
  private final SharedConversions<WantedImage> shared = new SharedConversions<>();

  /** For the container's proxy. */
  protected ImageConversion() {
    this(null, null, null, null);
  }

  /** Fetches from this source and publishes there. */
  @Inject
  public ImageConversion(
      ImageSource source, LayerBuilder builder, Publication publication, UploadPlaces places) {
    this.source = source;
    this.builder = builder;
    this.publication = publication;
    this.places = places;
  }

  /**
   * Converts an image. An interrupt of this thread cancels; nothing stays then.
   *
   * @param progress told of bytes, files and chunks, unless another conversion is shared
   * @throws tf.grid.hub.image.pull.PullFailure when the image cannot be had
   * @throws ArchiveRejected when it cannot become a flist
   * @throws tf.grid.hub.store.StoreException when its chunks cannot be stored
   */
  public Uploaded convert(
      RepositoryName owner, FlistName name, WantedImage wanted, Progress progress)
      throws IOException, ArchiveRejected {
    // The account's share is taken outside: to be refused concerns nobody who waits for the same.
    return places.<Uploaded, ArchiveRejected>ofOwner(
        owner,
        () ->
            shared.with(
                wanted,
                () -> places.<ConvertedImage, ArchiveRejected>shared(() -> fetch(wanted, progress)),
                image -> publication.publish(owner, name, image.tree(), image.metadata())));
  }

  private ConvertedImage fetch(WantedImage wanted, Progress progress)
      throws IOException, ArchiveRejected {
    try (LayeredBuild build = builder.begin(progress)) {
      return converted(build, source.fetch(wanted, build));
    }
  }

  /** The tree of an image with what the hub adds to it. */
  static ConvertedImage converted(LayeredBuild build, FetchedImage image)
      throws IOException, ArchiveRejected {
    List<Layer> layers = new ArrayList<>(image.layers());
    layers.add(build.added(List.of(StartUp.file(image.config()))));
    BuiltTree tree = build.merged(layers);
    boolean complete = false;
    try {
      Map<String, String> metadata =
          ImageMetadata.of(image.config(), image.origin(), tree.extendedAttributes());
      complete = true;
      return new ConvertedImage(tree, metadata);
    } finally {
      if (!complete) {
        tree.close();
      }
    }
  }
}
