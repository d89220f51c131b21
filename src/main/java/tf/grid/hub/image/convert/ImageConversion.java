package tf.grid.hub.image.convert;

import jakarta.inject.Inject;
import java.io.IOException;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.build.layer.LayerBuilder;
import tf.grid.hub.build.layer.LayeredBuild;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.image.source.ImageSource;
import tf.grid.hub.image.source.ImageSource.WantedImage;
import tf.grid.hub.image.tree.ConvertedImage;
import tf.grid.hub.limit.ConcurrencyLimit.Work;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.limit.queue.Flow;
import tf.grid.hub.limit.queue.UploadLimit;
import tf.grid.hub.progress.Progress;
import tf.grid.hub.publish.FlistPublisher;
import tf.grid.hub.publish.NewFlist;

/**
 * Fetches images and publishes them as flists. Concurrent requests for the same image share one
 * conversion. Thread-safe; the number of concurrent conversions is limited.
 */
@SingletonBean
public class ImageConversion {
  private final ImageSource source;
  private final LayerBuilder builder;
  private final FlistPublisher publication;
  private final UploadLimit<RepositoryName> places;
  private final Ticker ticker;
  private final SharedConversions<WantedImage> shared = new SharedConversions<>();

  @Inject
  public ImageConversion(
      ImageSource source,
      LayerBuilder builder,
      FlistPublisher publication,
      UploadLimit<RepositoryName> places,
      Ticker ticker) {
    this.source = source;
    this.builder = builder;
    this.publication = publication;
    this.places = places;
    this.ticker = ticker;
  }

  /**
   * Converts an image. An interrupt of this thread cancels the conversion without traces.
   *
   * @param progress receives bytes, files and chunks, unless the conversion is shared
   * @throws tf.grid.hub.image.PullException if the image is unavailable
   * @throws ArchiveException if it cannot be converted to a flist
   * @throws tf.grid.hub.store.StoreException if chunks cannot be stored
   */
  public NewFlist convert(
      RepositoryName owner, FlistName name, WantedImage wanted, Progress progress)
      throws IOException, ArchiveException {
    // The limit of the account is checked outside of the shared conversion, because it concerns
    // only this request.
    return places.<NewFlist, ArchiveException>ofOwner(
        owner,
        () -> {
          publication.refuseFull(owner, name);
          return shared.with(
              wanted,
              () -> fetch(owner, wanted, progress),
              image -> publication.publish(owner, name, image.tree(), image.metadata()));
        });
  }

  private ConvertedImage fetch(RepositoryName first, WantedImage wanted, Progress progress)
      throws IOException, ArchiveException {
    Flow flow = new Flow(ticker);
    return places.<ConvertedImage, ArchiveException>shared(
        first,
        flow,
        () -> {
          try (LayeredBuild build = builder.begin(first, new YieldingProgress(progress, flow))) {
            return checked(build, () -> ConvertedImage.of(build, source.fetch(wanted, build)));
          }
        });
  }

  /** Runs work that may fail because it has lost its memory, and then says so. */
  static <T> T checked(LayeredBuild build, Work<T, ArchiveException> work)
      throws IOException, ArchiveException {
    try {
      return work.run();
    } catch (IOException e) {
      build.check();
      throw e;
    }
  }
}
