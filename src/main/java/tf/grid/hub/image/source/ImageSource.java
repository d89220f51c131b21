package tf.grid.hub.image.source;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tf.grid.hub.build.layer.Layer;
import tf.grid.hub.build.layer.LayeredBuild;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.image.Credentials;
import tf.grid.hub.image.config.ImageConfig;
import tf.grid.hub.image.reference.ImageReference;
import tf.grid.hub.image.reference.Platform;

/** A source of images. Thread-safe. */
public interface ImageSource {

  /**
   * Fetches an image.
   *
   * @param build receives its layers
   * @throws tf.grid.hub.image.PullException if the image is unavailable
   * @throws ArchiveException if its content cannot be converted to a flist
   * @throws java.io.InterruptedIOException if the thread is interrupted
   */
  FetchedImage fetch(WantedImage wanted, LayeredBuild build) throws IOException, ArchiveException;

  /**
   * A requested image. Equal requests may share one conversion, so credentials are part of it.
   *
   * @param reference the image
   * @param platform the platform
   * @param credentials for the registry; kept only during the request
   */
  public record WantedImage(
      ImageReference reference, Platform platform, Optional<Credentials> credentials) {}

  /**
   * An image whose content is being stored.
   *
   * @param config run configuration
   * @param layers lowest first
   * @param origin its source, for the metadata {@code image} of the flist
   */
  public record FetchedImage(ImageConfig config, List<Layer> layers, Map<String, String> origin) {}
}
