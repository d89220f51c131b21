package tf.grid.hub.account.login;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tf.grid.hub.http.body.BodyException.MalformedBodyException;
import tf.grid.hub.http.json.BoundedJson;

/**
 * Fetches JSON objects from a sign-in provider. Fails for responses that are too slow, too large,
 * redirects, or not JSON objects. Thread-safe.
 */
public final class JsonClient {

  /** More than any key or token needs. */
  private static final int MAX_BYTES = 65_536;

  private final HttpClient client;
  private final Duration timeout;

  /**
   * Creates a client.
   *
   * @param client must not follow redirects
   * @param timeout for a complete response
   */
  public JsonClient(HttpClient client, Duration timeout) {
    this.client = client;
    this.timeout = timeout;
  }

  /**
   * Sends a request and returns the JSON object of a successful response.
   *
   * @throws IOException if there is none, for any reason
   */
  public JsonObject ask(HttpRequest request) throws IOException {
    byte[] body = body(request);
    try {
      return BoundedJson.object(body);
    } catch (MalformedBodyException e) {
      throw new IOException(request.uri().getHost() + " answered without a JSON object", e);
    }
  }

  private byte[] body(HttpRequest request) throws IOException {
    HttpResponse<byte[]> answer = send(request);
    if (answer.statusCode() != 200) {
      throw new IOException(request.uri().getHost() + " answered " + answer.statusCode());
    }
    return answer.body();
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, head -> new BoundedInputStream(MAX_BYTES));
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(request.uri().getHost() + " did not answer as it should", e.getCause());
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new IOException(request.uri().getHost() + " took longer than " + timeout, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answer.cancel(true);
      throw new InterruptedIOException("interrupted while waiting for an answer");
    }
  }
}
