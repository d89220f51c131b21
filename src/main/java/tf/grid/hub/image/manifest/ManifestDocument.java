package tf.grid.hub.image.manifest;

/** The document that a registry or layout stores under the name of an image. */
public sealed interface ManifestDocument permits ImageIndex, ImageManifest {}
