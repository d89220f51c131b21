package tf.grid.hub.image.manifest;

/** What a registry or a layout keeps under the name of an image. */
public sealed interface ManifestDocument permits ImageIndex, ImageManifest {}
