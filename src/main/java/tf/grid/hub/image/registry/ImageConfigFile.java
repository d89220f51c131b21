package tf.grid.hub.image.registry;

import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.util.Optional;
import tf.grid.hub.image.PullException;
import tf.grid.hub.image.PullException.MalformedImageException;
import tf.grid.hub.image.json.ImageJson;
import tf.grid.hub.image.reference.InvalidReferenceException;
import tf.grid.hub.image.reference.Platform;

/** The configuration of an image, parsed only for its platform. Immutable. */
final class ImageConfigFile {

  private final byte[] json;
  private final Optional<Platform> platform;
  private final boolean variant;

  private ImageConfigFile(byte[] json, Optional<Platform> platform, boolean variant) {
    this.json = json;
    this.platform = platform;
    this.variant = variant;
  }

  static ImageConfigFile read(byte[] json) throws PullException {
    return ImageJson.read(json, "the image's configuration", reader -> parsed(json, reader));
  }

  private static ImageConfigFile parsed(byte[] json, JsonReader reader)
      throws MalformedImageException {
    JsonObject config = ImageJson.object(reader, "the image's configuration");
    String os = config.getString("os", "");
    String architecture = config.getString("architecture", "");
    String variant = config.getString("variant", "");
    try {
      Optional<Platform> platform =
          os.isEmpty() || architecture.isEmpty()
              ? Optional.empty()
              : Optional.of(Platform.of(os, architecture, variant));
      return new ImageConfigFile(json, platform, !variant.isEmpty());
    } catch (InvalidReferenceException e) {
      throw new MalformedImageException("the image's configuration names no valid platform", e);
    }
  }

  /** The complete, unchanged JSON. */
  byte[] json() {
    return json.clone();
  }

  /** The platform; empty if the configuration does not state it. */
  Optional<Platform> platform() {
    return platform;
  }

  /** Whether the stated platform matches. */
  boolean isFor(Platform wanted) {
    return platform
        .map(
            own ->
                wanted.accepted().contains(own)
                    || (!variant
                        && own.os().equals(wanted.os())
                        && own.architecture().equals(wanted.architecture())))
        .orElse(true);
  }
}
