package tf.grid.hub.site.asset;

import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import tf.grid.hub.http.gzip.Gzip;

/** A file that pages load, plain and compressed. Immutable. */
final class Asset {

  private static final Map<String, String> TYPES =
      Map.of(
          "css", "text/css;charset=UTF-8",
          "js", "text/javascript;charset=UTF-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "jpg", "image/jpeg",
          "webp", "image/webp");

  private final String type;
  private final byte[] plain;
  private final byte[] compressed;

  private Asset(String type, byte[] plain) {
    this.type = type;
    this.plain = plain;
    // Compressed once, sent often.
    this.compressed = Gzip.compress(plain, Deflater.BEST_COMPRESSION);
  }

  /** The file, if pages load files of its type; the array is not copied. */
  static Optional<Asset> of(String name, byte[] content) {
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return Optional.ofNullable(TYPES.get(ending)).map(type -> new Asset(type, content));
  }

  String type() {
    return type;
  }

  /** Its bytes, plain or compressed with gzip; callers must not change them. */
  byte[] bytes(boolean gzip) {
    return gzip ? compressed : plain;
  }
}
