package tf.grid.hub.it.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import tf.grid.hub.RunningHub;

/** Clients that still send when the hub has refused them get its response, not a reset. */
class EarlyRefusalIT {
  private static final int BODY_BYTES = 30_000_000;
  private static final int RUNS = 30;
  private static final String REFUSED = "/api/flist/me/.hidden";

  private final RunningHub hub = RunningHub.shared();
  private final byte[] body = new byte[BODY_BYTES];

  /** Java's client asks for an upgrade to HTTP/2, so that the connection ends with the response. */
  @Test
  void a_client_that_asks_for_an_upgrade_gets_every_response() throws Exception {
    for (int i = 0; i < RUNS; i++) {
      HttpRequest request =
          HttpRequest.newBuilder(hub.uri(REFUSED)).PUT(BodyPublishers.ofByteArray(body)).build();
      HttpResponse<Void> answer =
          HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    }
  }

  @Test
  void a_client_that_sends_all_before_it_reads_gets_every_response() throws IOException {
    for (int i = 0; i < RUNS; i++) {
      HttpURLConnection connection = (HttpURLConnection) hub.uri(REFUSED).toURL().openConnection();
      connection.setRequestMethod("PUT");
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(body.length);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body);
      }
      assertThat(connection.getResponseCode()).isEqualTo(400);
      connection.disconnect();
    }
  }
}
