package tf.grid.hub.image.manifest;

import java.util.List;

/**
 * One image for one platform.
 *
 * @param config points at its configuration
 * @param layers its layers, the lowest first
 */
public record ImageManifest(Descriptor config, List<LayerDescriptor> layers)
    implements ManifestDocument {

  /** Copies the list. */
  public ImageManifest {
    layers = List.copyOf(layers);
  }
}
