package tf.grid.hub.it.startup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import tf.grid.hub.Await;
import tf.grid.hub.RunningHub;
import tf.grid.hub.client.Uploader;

class StopIT {
  /** Of a process that SIGTERM ended. */
  private static final int TERMINATED = 143;

  private static final String HEAD =
      String.join(
          "\r\n",
          "POST /api/flist/me/upload HTTP/1.1",
          "Host: 127.0.0.1",
          "Content-Length: 50000000",
          "Expect: 100-continue",
          "Content-Type: multipart/form-data; boundary=xxyyzz",
          "",
          "");
  private static final String RECEIVED = "\nhub_http_received_bytes_total ";
  private static final String FILE =
      "--xxyyzz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.tar\"\r\n\r\n";

  @Test
  void an_upload_that_still_arrives_is_told_that_the_hub_stops() throws IOException {
    try (RunningHub hub = RunningHub.start()) {
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), hub.port())) {
        OutputStream request = client.getOutputStream();
        InputStream answer = client.getInputStream();
        request.write(HEAD.getBytes(ISO_8859_1));
        assertThat(head(answer)).contains(" 100 ");
        request.write(FILE.getBytes(ISO_8859_1));
        Uploader others = new Uploader(hub.uri("/"));
        Await.value(
            "the hub reads the body",
            () -> others.get("/metrics").body(),
            metrics -> metrics.contains(RECEIVED) && !metrics.contains(RECEIVED + "0.0\n"));
        hub.terminate();
        Await.until(
            "the hub answers",
            () -> {
              request.write(0);
              return answer.available() > 0;
            });
        assertThat(new String(answer.readAllBytes(), ISO_8859_1))
            .startsWith("HTTP/1.1 503 ")
            .contains("Retry-After: 30")
            .contains(
                "{\"status\":\"error\",\"message\":\"the hub is stopping, try again later\"}");
      }
      assertThat(hub.awaitExit()).isEqualTo(TERMINATED);
      assertThat(hub.log()).doesNotContain("SEVERE", "Exception");
    }
  }

  private static String head(InputStream answer) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = answer.read();
      assertThat(next).as("after: %s", head).isNotNegative();
      head.append((char) next);
    }
    return head.toString();
  }
}
