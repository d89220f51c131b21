package tf.grid.hub.image.registry;

import java.io.InputStream;
import java.util.List;
import tf.grid.hub.image.manifest.ImageManifest;
import tf.grid.hub.image.manifest.LayerDescriptor;
import tf.grid.hub.image.reference.Digest;
import tf.grid.hub.progress.Progress;

/** An image in a registry; its layers are fetched on demand. Thread-safe. */
public final class RegistryImage {

  private final RegistrySession session;
  private final Digest named;
  private final FoundImage found;
  private final Progress progress;

  RegistryImage(RegistrySession session, Digest named, FoundImage found, Progress progress) {
    this.session = session;
    this.named = named;
    this.found = found;
    this.progress = progress;
  }

  /** The digest of this image's own manifest, for one platform. */
  public Digest digest() {
    return found.digest();
  }

  /** The digest that the reference resolves to: of the index if the image has several platforms. */
  public Digest namedDigest() {
    return named;
  }

  /** The JSON of the configuration, unchanged; its digest is verified. */
  public byte[] config() {
    return found.config().json();
  }

  /** The layers, lowest first. */
  public List<LayerDescriptor> layers() {
    return found.manifest().layers();
  }

  /**
   * Fetches a layer, still compressed. The request is sent when the first byte is read. Reading
   * fails with a {@link tf.grid.hub.image.PullException} if the layer cannot be fetched or differs
   * from the manifest; the end of the stream means that the layer is complete and verified. Reading
   * fails with an {@link java.io.InterruptedIOException} if the thread is interrupted.
   *
   * @param layer one of {@link #layers()}
   * @return a stream for one thread; the caller closes it
   */
  public InputStream layer(LayerDescriptor layer) {
    return new BlobStream(session, layer.digest(), layer.size(), what(layer), progress);
  }

  private static String what(LayerDescriptor layer) {
    return layer.foreign()
        ? "the foreign layer " + layer.digest() + " (addresses elsewhere are not followed)"
        : "the layer " + layer.digest();
  }

  /**
   * An image for one platform.
   *
   * @param digest digest of its manifest
   * @param manifest its manifest
   * @param config its configuration
   */
  record FoundImage(Digest digest, ImageManifest manifest, ImageConfigFile config) {}
}
