package tf.grid.hub.image.json;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import tf.grid.hub.image.PullException;
import tf.grid.hub.image.PullException.MalformedImageException;

/**
 * Limits the memory for parsing JSON of images. A parsed document can be thirty times as large as
 * its text, so large documents are rejected, and only one document that is not small is parsed at a
 * time. Thread-safe.
 */
public final class ImageJson {

  /** Maximum size of a manifest, index or configuration in bytes. */
  public static final int LARGEST = 1 << 20;

  /**
   * Maximum size in bytes of a document that is parsed without waiting; most real documents are
   * smaller.
   */
  private static final int SHORT = 64 << 10;

  /** Bytes of an invalid document that a message shows. */
  private static final int START = 40;

  private static final Lock LONG_ONE = new ReentrantLock();

  private ImageJson() {}

  /**
   * Extracts data from a document.
   *
   * @param <T> the data, which must not reference the document
   */
  public interface Reading<T> {
    T from(JsonReader reader) throws PullException;
  }

  /**
   * A step with a result.
   *
   * @param <T> the result
   * @param <E> the exception
   */
  public interface Work<T, E extends Exception> {
    T run() throws E;
  }

  /**
   * Parses a document.
   *
   * @param what it is, for the message
   * @throws MalformedImageException when it is too large, before anything is parsed, when it is no
   *     JSON, or when the reading fails with a runtime exception
   */
  public static <T> T read(byte[] json, String what, Reading<T> reading) throws PullException {
    refuseLarge(json.length, what);
    return inTurn(json.length, () -> parsed(json, what, reading));
  }

  /**
   * Rejects a document that is too large before it is fetched.
   *
   * @param bytes size of the document
   * @param what its kind, for the message
   */
  public static void refuseLarge(long bytes, String what) throws MalformedImageException {
    if (bytes > LARGEST) {
      throw new MalformedImageException(
          what + " has more than " + LARGEST + " bytes, the most that is read");
    }
  }

  /**
   * Runs work that holds documents in memory: immediately for small ones, otherwise one at a time.
   *
   * @param bytes size of the documents
   */
  public static <T, E extends Exception> T inTurn(long bytes, Work<T, E> work) throws E {
    if (bytes <= SHORT) {
      return work.run();
    }
    LONG_ONE.lock();
    try {
      return work.run();
    } finally {
      LONG_ONE.unlock();
    }
  }

  /**
   * The document as an object.
   *
   * @param what it is, for the message
   * @throws MalformedImageException when it is another kind of JSON
   */
  public static JsonObject object(JsonReader reader, String what) throws MalformedImageException {
    JsonValue value = reader.readValue();
    if (value instanceof JsonObject object) {
      return object;
    }
    throw new MalformedImageException(what + " is not a JSON object but a JSON " + kind(value));
  }

  /** What a value is, for messages. */
  public static String kind(JsonValue value) {
    return value.getValueType().toString().toLowerCase(Locale.ROOT);
  }

  private static <T> T parsed(byte[] json, String what, Reading<T> reading) throws PullException {
    try (JsonReader reader = Json.createReader(new ByteArrayInputStream(json))) {
      return reading.from(reader);
    } catch (JsonException e) {
      throw new MalformedImageException(what + " is not valid JSON" + start(json), e);
    } catch (RuntimeException e) {
      // Of the parser, for too much depth, and of what reads the parts.
      throw new MalformedImageException(
          what + " is nested too deeply or has a part of a type that its specification forbids", e);
    }
  }

  /** The first characters, which often tell what was sent instead: a page, an archive. */
  private static String start(byte[] json) {
    String text = new String(json, 0, Math.min(json.length, START), StandardCharsets.UTF_8);
    String plain = text.strip().replaceAll("[^ -~]", "?");
    if (plain.isEmpty()) {
      return ": it is empty";
    }
    return (plain.startsWith("<") ? ", but HTML or XML" : "") + ": it begins with " + plain;
  }
}
