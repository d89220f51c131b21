package tf.grid.hub.image.manifest;

import java.util.List;

/**
 * An image for one platform.
 *
 * @param config descriptor of its configuration
 * @param layers its layers, lowest first
 */
public record ImageManifest(Descriptor config, List<LayerDescriptor> layers)
    implements ManifestDocument {

  public ImageManifest {
    layers = List.copyOf(layers);
  }
}
