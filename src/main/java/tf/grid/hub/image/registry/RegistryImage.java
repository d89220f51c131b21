package tf.grid.hub.image.registry;

import java.io.InputStream;
import java.util.List;
import tf.grid.hub.image.manifest.ImageManifest;
import tf.grid.hub.image.manifest.LayerDescriptor;
import tf.grid.hub.image.reference.Digest;
import tf.grid.hub.progress.Progress;

/** An image in a registry; its layers are fetched when asked for. Thread-safe. */
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

  /** The digest of what the reference stands for: of the list where there is one for platforms. */
  public Digest namedDigest() {
    return named;
  }

  /** The JSON of the configuration, as it is in the registry; its digest was checked. */
  public byte[] config() {
    return found.config().json();
  }

  /** The layers, the lowest first. */
  public List<LayerDescriptor> layers() {
    return found.manifest().layers();
  }

  /**
   * Fetches a layer, packed as it is. Nothing is asked before the first byte is read. Reading fails
   * with a {@link tf.grid.hub.image.PullException} if the layer cannot be had or is not what the
   * manifest says; whoever reads to the end has all of it, checked. It ends with an {@link
   * java.io.InterruptedIOException} when the reading thread is interrupted.
   *
   * @param layer one of {@link #layers()}
   * @return for one thread, to be closed
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
   * One image of one platform.
   *
   * @param digest of its manifest
   * @param manifest says what belongs to it
   * @param config its configuration
   */
  record FoundImage(Digest digest, ImageManifest manifest, ImageConfigFile config) {}
}
