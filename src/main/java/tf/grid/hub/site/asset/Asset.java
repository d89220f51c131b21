package tf.grid.hub.site.asset;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** A file that pages load, in both forms in which it is sent. Immutable. */
final class Asset {

  private static final Map<String, String> TYPES =
      Map.of(
          "css", "text/css;charset=UTF-8",
          "js", "text/javascript;charset=UTF-8",
          "svg", "image/svg+xml");

  private final String type;
  private final byte[] plain;
  private final byte[] packed;

  private Asset(String type, byte[] plain) {
    this.type = type;
    this.plain = plain;
    this.packed = packed(plain);
  }

  /** The file, if it is of a kind that pages load. The bytes become its own. */
  static Optional<Asset> of(String name, byte[] content) {
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return Optional.ofNullable(TYPES.get(ending)).map(type -> new Asset(type, content));
  }

  /** Its media type. */
  String type() {
    return type;
  }

  /** Its bytes, which nobody may change: packed by gzip or plain. */
  byte[] bytes(boolean gzip) {
    return gzip ? packed : plain;
  }

  private static byte[] packed(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new SmallGzip(bytes)) {
      gzip.write(plain);
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
    return bytes.toByteArray();
  }

  /** Packs as tightly as it can: a file is packed once and sent often. */
  private static final class SmallGzip extends GZIPOutputStream {
    SmallGzip(ByteArrayOutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}
