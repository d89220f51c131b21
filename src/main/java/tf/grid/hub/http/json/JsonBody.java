package tf.grid.hub.http.json;

import jakarta.json.JsonException;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.Map;
import java.util.function.Consumer;
import tf.grid.hub.http.file.Sha256;
import tf.grid.hub.http.gzip.Gzip;

/**
 * A complete JSON answer that ends with a newline, plain and compressed. Thread-safe; callers must
 * not change the arrays that it returns.
 */
public final class JsonBody {

  private static final JsonGeneratorFactory GENERATORS =
      JsonProvider.provider().createGeneratorFactory(Map.of());

  /** Level 3 saves three quarters of what level 9 saves, in a third of the time. */
  private static final int COMPRESSION = 3;

  private final byte[] plain;
  private final String tag;
  private volatile byte[] compressed;

  private JsonBody(byte[] plain) {
    this.plain = plain;
    this.tag = tagOf(plain);
  }

  /** The answer that a writer produces from data in memory. */
  public static JsonBody of(Consumer<JsonGenerator> writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try {
      write(bytes, writer::accept);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new JsonBody(bytes.toByteArray());
  }

  /** An answer that {@link #write} wrote; the array is not copied. */
  public static JsonBody of(byte[] whole) {
    return new JsonBody(whole);
  }

  /**
   * Writes a value and a newline; the stream remains open.
   *
   * @throws IOException if the source or the stream fails
   */
  public static void write(OutputStream out, Source source) throws IOException {
    try (JsonGenerator json = GENERATORS.createGenerator(new Unclosed(out))) {
      source.writeTo(json);
    } catch (JsonException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw e;
    }
    out.write('\n');
  }

  /** Writes one JSON value. */
  @FunctionalInterface
  public interface Source {

    /** Writes the value. */
    void writeTo(JsonGenerator json) throws IOException;
  }

  public byte[] plain() {
    return plain;
  }

  /** The bytes compressed with gzip; compressed at the first call. */
  public byte[] compressed() {
    byte[] known = compressed;
    if (known == null) {
      synchronized (this) {
        known = compressed;
        if (known == null) {
          known = Gzip.compress(plain, COMPRESSION);
          compressed = known;
        }
      }
    }
    return known;
  }

  /** A digest of the bytes in 22 characters, for an entity tag. */
  public String tag() {
    return tag;
  }

  /** Estimated memory in bytes. */
  public int weight() {
    return plain.length + plain.length / 4 + 200;
  }

  private static String tagOf(byte[] bytes) {
    MessageDigest digest = Sha256.start();
    digest.update(bytes);
    return Sha256.tag(digest);
  }

  /** Ignores {@code close}, because JSON generators close their output. */
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
