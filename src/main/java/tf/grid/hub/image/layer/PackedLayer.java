package tf.grid.hub.image.layer;

import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import tf.grid.hub.build.layer.Layer;
import tf.grid.hub.build.layer.LayeredBuild;
import tf.grid.hub.build.layer.Whiteouts;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.build.tar.TarReader.TarEnd;
import tf.grid.hub.build.tar.header.TarException;
import tf.grid.hub.compression.CompressionException;
import tf.grid.hub.image.reference.Digest;

/**
 * A layer as received: a tar archive, uncompressed or compressed with gzip or zstd, which is
 * detected by its first bytes.
 *
 * @param layer its content
 * @param diffId SHA-256 of the uncompressed archive
 */
public record PackedLayer(Layer layer, Digest diffId) {

  /**
   * Reads a layer completely and stores its content.
   *
   * @param packed already counted as received by the build; not closed
   * @throws ArchiveException if it cannot be converted to a flist
   * @throws IOException if the bytes cannot be read or the thread is interrupted
   */
  public static PackedLayer read(LayeredBuild build, InputStream packed)
      throws IOException, ArchiveException {
    MessageDigest digest = Digest.Algorithm.SHA256.computation();
    try (InputStream plain = build.decompressed(packed)) {
      Layer layer =
          build.read(new DigestInputStream(plain, digest), Whiteouts.MEANT, TarEnd.PROVEN);
      return new PackedLayer(layer, Digest.finished(Digest.Algorithm.SHA256, digest.digest()));
    } catch (TarException | CompressionException e) {
      throw new ArchiveException(e.getMessage(), e);
    }
  }
}
