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
import java.util.zip.GZIPOutputStream;
import tf.grid.hub.http.Sha256;

/**
 * A JSON answer, whole and ending with a newline, plain and compressed. Threads may share it;
 * nobody may change the arrays that it hands out.
 */
public final class JsonBody {

  private static final JsonGeneratorFactory GENERATORS =
      JsonProvider.provider().createGeneratorFactory(Map.of());

  /** Ratio is worth less than time here: three quarters of the gain for a third of the effort. */
  private static final int COMPRESSION = 3;

  private final byte[] plain;
  private final String tag;
  private volatile byte[] compressed;

  private JsonBody(byte[] plain) {
    this.plain = plain;
    this.tag = tagOf(plain);
  }

  /** The answer that a writer makes, which needs nothing that could fail. */
  public static JsonBody of(Consumer<JsonGenerator> writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try {
      write(bytes, writer::accept);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new JsonBody(bytes.toByteArray());
  }

  /** An answer that was written by {@link #write}; the array is not copied. */
  public static JsonBody of(byte[] whole) {
    return new JsonBody(whole);
  }

  /**
   * Writes one value and a newline; the stream stays open.
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

  /** Writes one value. */
  @FunctionalInterface
  public interface Source {

    /** Writes it. */
    void writeTo(JsonGenerator json) throws IOException;
  }

  /** The bytes in UTF-8. */
  public byte[] plain() {
    return plain;
  }

  /** The bytes compressed with gzip, which happens once. */
  public byte[] compressed() {
    byte[] known = compressed;
    if (known == null) {
      synchronized (this) {
        known = compressed;
        if (known == null) {
          known = compress(plain);
          compressed = known;
        }
      }
    }
    return known;
  }

  /** What changes when the bytes do: 22 characters fit for an entity tag. */
  public String tag() {
    return tag;
  }

  /** Bytes of memory that it takes, about. */
  public int weight() {
    return plain.length + plain.length / 4 + 200;
  }

  private static byte[] compress(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 4 + 64);
    try (GZIPOutputStream gzip = new FastGzip(out)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static String tagOf(byte[] bytes) {
    MessageDigest digest = Sha256.start();
    digest.update(bytes);
    return Sha256.tag(digest);
  }

  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 1 << 13);
      def.setLevel(COMPRESSION);
    }
  }

  /** Generators close what they write to. */
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
