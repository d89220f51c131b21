package tf.grid.hub.image.layer;

import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import tf.grid.hub.build.ArchiveException;
import tf.grid.hub.build.layer.Layer;
import tf.grid.hub.build.layer.LayeredBuild;
import tf.grid.hub.build.layer.Whiteouts;
import tf.grid.hub.build.tar.TarException;
import tf.grid.hub.build.tar.TarReader.TarEnd;
import tf.grid.hub.image.reference.Digest;

/**
 * A layer as it comes: a tar archive, plain or packed with gzip or zstd, which its first bytes
 * tell.
 *
 * @param layer what is in it
 * @param diffId SHA-256 of the plain archive
 */
public record PackedLayer(Layer layer, Digest diffId) {

  /**
   * Reads a layer to its last byte, and stores what is in it.
   *
   * @param packed counted as received by the build already; not closed
   * @throws ArchiveException when it cannot become a part of a flist
   * @throws IOException when the bytes do not arrive or the thread is interrupted
   */
  public static PackedLayer read(LayeredBuild build, InputStream packed)
      throws IOException, ArchiveException {
    MessageDigest digest = Digest.Algorithm.SHA256.computation();
    try (InputStream plain = LayerUnpacker.unpack(packed)) {
      Layer layer =
          build.read(new DigestInputStream(plain, digest), Whiteouts.MEANT, TarEnd.PROVEN);
      return new PackedLayer(layer, Digest.finished(Digest.Algorithm.SHA256, digest.digest()));
    } catch (TarException e) {
      throw new ArchiveException(e.getMessage(), e);
    }
  }
}
