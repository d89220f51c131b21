package tf.grid.hub.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Reads server-sent events as a browser does. For one thread. */
public final class EventListener implements AutoCloseable {
  private final BufferedReader lines;
  private final HttpResponse<InputStream> response;

  /**
   * An event.
   *
   * @param id its number
   * @param data what it tells
   */
  public record Event(long id, JsonObject data) {}

  /**
   * Begins to listen.
   *
   * @param last the number of the last event that was seen, 0 for none
   */
  public EventListener(URI address, long last) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).timeout(Duration.ofMinutes(5)).GET();
    if (last > 0) {
      request.header("Last-Event-ID", Long.toString(last));
    }
    try {
      response =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .build()
              .send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
    lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8));
  }

  /** The answer's status. */
  public int status() {
    return response.statusCode();
  }

  /** The answer's type of content. */
  public String contentType() {
    return response.headers().firstValue("Content-Type").orElse("");
  }

  /** Waits for an event; null when the stream has ended. */
  public Event next() throws IOException {
    long id = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("id: ")) {
        id = Long.parseLong(line.substring("id: ".length()));
      } else if (line.startsWith("data: ")) {
        String json = line.substring("data: ".length());
        return new Event(id, Json.createReader(new StringReader(json)).readObject());
      }
    }
    return null;
  }

  /** Waits for the event that nothing comes after. */
  public Event last() throws IOException {
    Event last = null;
    for (Event event = next(); event != null; event = next()) {
      last = event;
    }
    return last;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
