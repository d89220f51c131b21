package tf.grid.hub.client.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Sends requests to a hub. Requests that may be repeated are, for a minute, if the hub is busy or
 * cannot be reached. Uses {@link HttpURLConnection}, because the other client of the JDK takes a
 * quarter of a second to start. Thread-safe.
 */
public final class HubHttp {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofMinutes(10);
  private static final int MOST_ERROR_BYTES = 64 << 10;
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  private final URI hub;
  private final Optional<String> token;

  /** Whether the hub has ever responded; if not, the address may be wrong. */
  private volatile boolean reached;

  /**
   * A client of a hub.
   *
   * @param hub address of its website, possibly with a path
   * @param token sent with every request
   */
  public HubHttp(URI hub, Optional<String> token) {
    this.hub = hub;
    this.token = token;
  }

  /** A request body of known length that can be sent again. */
  public interface Body {
    /** Number of bytes. */
    long length() throws IOException;

    /** Writes all bytes. */
    void writeTo(OutputStream out) throws IOException;

    /** A body of these bytes. */
    static Body of(byte[] bytes) {
      return new Body() {
        @Override
        public long length() {
          return bytes.length;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
          out.write(bytes);
        }
      };
    }
  }

  /**
   * A response, whose body has to be closed.
   *
   * @param status of the response, 200…399
   * @param tag the entity tag, or null
   * @param body its content
   */
  public record Response(int status, String tag, InputStream body) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      body.close();
    }
  }

  /**
   * Uses a response.
   *
   * @param <T> what it becomes
   */
  @FunctionalInterface
  public interface Reading<T> {
    /**
     * Reads the body; may be called again with another response.
     *
     * @throws IOException if the connection breaks
     */
    T from(Response answer) throws IOException;
  }

  /** The address of the hub. */
  public URI hub() {
    return hub;
  }

  /** The token that is sent with every request. */
  public Optional<String> token() {
    return token;
  }

  /** The address of a path, such as {@code /api/flist}, whose segments are encoded. */
  public String address(String path) {
    String base = hub.toString();
    return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path;
  }

  /** A path of these segments, each percent-encoded. */
  public static String path(String... segments) {
    StringBuilder path = new StringBuilder();
    for (String segment : segments) {
      path.append('/');
      for (byte b : segment.getBytes(UTF_8)) {
        if (UNRESERVED.indexOf(b) >= 0) {
          path.append((char) b);
        } else {
          path.append('%').append("%02X".formatted(b));
        }
      }
    }
    return path.toString();
  }

  /**
   * Gets a path.
   *
   * @param reading uses the response
   */
  public <T> T get(String path, Map<String, String> headers, Reading<T> reading)
      throws IOException {
    return repeatable("GET", path, headers, null, reading);
  }

  /** Gets JSON. */
  public JsonValue json(String path) throws IOException {
    return get(path, Map.of(), answer -> parse(answer.body()));
  }

  /** Sends a request that can be repeated without harm, and reads JSON. */
  public JsonValue repeatable(String method, String path, Map<String, String> headers, Body body)
      throws IOException {
    return repeatable(method, path, headers, body, answer -> parse(answer.body()));
  }

  /** Sends a request once, and reads JSON. */
  public JsonObject once(String method, String path, String type, Body body) throws IOException {
    try (Response answer = send(method, path, Map.of("Content-Type", type), body)) {
      return parse(answer.body()).asJsonObject();
    }
  }

  private static JsonValue parse(InputStream body) throws IOException {
    try (JsonReader reader = Json.createReader(body)) {
      return reader.readValue();
    } catch (JsonException e) {
      throw malformed(e);
    }
  }

  /** The exception for JSON that cannot be read: of the connection, or because it is no JSON. */
  public static IOException malformed(JsonException e) {
    return e.getCause() instanceof IOException broken
        ? broken
        : new HubException(
            HttpURLConnection.HTTP_OK, "the response is not JSON: is this the address of a hub?");
  }

  /** Sends a request that can be repeated without harm; the response may be of any size. */
  public <T> T repeatable(
      String method, String path, Map<String, String> headers, Body body, Reading<T> reading)
      throws IOException {
    for (int attempt = 1; ; attempt++) {
      try (Response answer = send(method, path, headers, body)) {
        return reading.from(answer);
      } catch (HubException e) {
        boolean busy = e.status() == 429 || (e.status() >= 502 && e.status() <= 504);
        if (!busy || attempt == Retries.ATTEMPTS) {
          throw e;
        }
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        boolean broke = reached || e instanceof SocketException;
        if (!broke || attempt == Retries.ATTEMPTS || Thread.currentThread().isInterrupted()) {
          throw e;
        }
      }
      Retries.pause(attempt);
    }
  }

  private Response send(String method, String path, Map<String, String> headers, Body body)
      throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(address(path)).toURL().openConnection();
    connection.setRequestMethod(method);
    connection.setConnectTimeout((int) CONNECT.toMillis());
    connection.setReadTimeout((int) SILENCE.toMillis());
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    token.ifPresent(value -> connection.setRequestProperty("Authorization", "bearer " + value));
    connection.setRequestProperty("User-Agent", "hub-client");
    headers.forEach(connection::setRequestProperty);
    try {
      if (body != null) {
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(body.length());
        write(connection, body);
      }
      int status = connection.getResponseCode();
      reached = true;
      if (status >= 400 || (status >= 300 && status != 304)) {
        throw failure(status, connection);
      }
      InputStream content = WholeStream.of(connection, connection.getInputStream());
      return new Response(status, connection.getHeaderField("ETag"), content);
    } catch (ConnectException | UnknownHostException e) {
      throw unreachable(e);
    } catch (SocketTimeoutException e) {
      // The time-out of a read, after minutes without a byte, is not worth another attempt.
      throw e.getMessage().startsWith("Connect") ? unreachable(e) : e;
    }
  }

  private IOException unreachable(IOException e) {
    return new IOException(
        "cannot connect to " + hub + " (" + e.getMessage() + "): is the address right?", e);
  }

  /** A hub may respond with an error before it has read the whole body. */
  private static void write(HttpURLConnection connection, Body body) throws IOException {
    try (OutputStream out = connection.getOutputStream()) {
      body.writeTo(out);
    } catch (IOException e) {
      int status;
      try {
        status = connection.getResponseCode();
      } catch (IOException noAnswer) {
        throw e;
      }
      if (status < 400) {
        throw e;
      }
    }
  }

  private static HubException failure(int status, HttpURLConnection connection) throws IOException {
    String text = "";
    try (InputStream in = connection.getErrorStream()) {
      text = in == null ? "" : new String(in.readNBytes(MOST_ERROR_BYTES), UTF_8);
    }
    try (JsonReader reader = Json.createReader(new java.io.StringReader(text))) {
      return new HubException(status, reader.readObject().getString("message"));
    } catch (RuntimeException e) {
      String type = connection.getContentType();
      if (type != null && type.startsWith("text/plain") && !text.isBlank()) {
        return new HubException(status, text.strip());
      }
      String location = connection.getHeaderField("Location");
      return new HubException(
          status,
          location == null
              ? "the server responded with status " + status + ", not as a hub does"
              : "the address of the hub has changed: use " + location);
    }
  }
}
