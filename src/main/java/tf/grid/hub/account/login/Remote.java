package tf.grid.hub.account.login;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks the other side of a sign-in for JSON, and gives up on answers that are too slow, too large,
 * redirected or no JSON object. Safe for any number of threads.
 */
public final class Remote {

  /** More than any key or token needs. */
  private static final int MAX_BYTES = 65_536;

  private final HttpClient client;
  private final Duration patience;

  /**
   * Takes the client, which must not follow redirects.
   *
   * @param patience for a whole answer
   */
  public Remote(HttpClient client, Duration patience) {
    this.client = client;
    this.patience = patience;
  }

  /**
   * The JSON object of a good answer.
   *
   * @throws IOException when there is none, for whatever reason
   */
  public JsonObject ask(HttpRequest request) throws IOException {
    try (JsonReader json = Json.createReader(new StringReader(text(request)))) {
      return json.readObject();
    } catch (JsonException e) {
      throw new IOException(request.uri().getHost() + " answered without a JSON object", e);
    }
  }

  private String text(HttpRequest request) throws IOException {
    HttpResponse<byte[]> answer = send(request);
    if (answer.statusCode() != 200) {
      throw new IOException(request.uri().getHost() + " answered " + answer.statusCode());
    }
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, head -> new LimitedBody(MAX_BYTES));
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(request.uri().getHost() + " did not answer as it should", e.getCause());
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new IOException(request.uri().getHost() + " took longer than " + patience, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answer.cancel(true);
      throw new InterruptedIOException("interrupted while waiting for an answer");
    }
  }
}
