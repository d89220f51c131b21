package tf.grid.hub.http.gzip;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** Compresses answers with gzip for clients that accept it. */
public final class Gzip {

  private static final int BUFFER = 1 << 13;

  private static final Pattern ACCEPTED =
      Pattern.compile("gzip(\\s*;\\s*q=(1.*|0\\.0*[1-9].*))?", Pattern.CASE_INSENSITIVE);

  private Gzip() {}

  /**
   * Tells whether a client accepts gzip.
   *
   * @param header value of {@code Accept-Encoding}, such as {@code br;q=1, gzip}, where a weight of
   *     zero excludes a coding; null if the request has no such header
   */
  public static boolean isAccepted(String header) {
    return header != null
        && Arrays.stream(header.split(",", -1))
            .map(String::strip)
            .anyMatch(coding -> ACCEPTED.matcher(coding).matches());
  }

  /**
   * Compresses bytes.
   *
   * @param level 1 (fastest) to 9 (smallest)
   */
  public static byte[] compress(byte[] plain, int level) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(plain.length / 4 + 64);
    try (GZIPOutputStream gzip = new LeveledGzip(compressed, level)) {
      gzip.write(plain);
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
    return compressed.toByteArray();
  }

  private static final class LeveledGzip extends GZIPOutputStream {
    LeveledGzip(OutputStream out, int level) throws IOException {
      super(out, BUFFER);
      def.setLevel(level);
    }
  }
}
