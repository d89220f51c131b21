package tf.grid.hub.image.source;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tf.grid.hub.build.ArchiveException;
import tf.grid.hub.build.layer.Layer;
import tf.grid.hub.build.layer.LayeredBuild;
import tf.grid.hub.image.Credentials;
import tf.grid.hub.image.config.ImageConfig;
import tf.grid.hub.image.reference.ImageReference;
import tf.grid.hub.image.reference.Platform;

/** Where images come from. Threads may share it. */
public interface ImageSource {

  /**
   * Fetches an image.
   *
   * @param build takes its layers
   * @throws tf.grid.hub.image.PullException when it cannot be had
   * @throws ArchiveException when its content cannot become a flist
   * @throws java.io.InterruptedIOException when the thread is interrupted
   */
  FetchedImage fetch(WantedImage wanted, LayeredBuild build) throws IOException, ArchiveException;

  /**
   * An image that somebody asks for. Two that are equal may share one conversion, so who may see it
   * is a part of it.
   *
   * @param reference which image
   * @param platform for which platform
   * @param credentials for the registry; kept as long as the request
   */
  public record WantedImage(
      ImageReference reference, Platform platform, Optional<Credentials> credentials) {}

  /**
   * An image whose content is on its way to the store.
   *
   * @param config how to run it
   * @param layers the lowest first
   * @param origin where it is from: the metadata {@code image} of the flist
   */
  public record FetchedImage(ImageConfig config, List<Layer> layers, Map<String, String> origin) {}
}
