package tf.grid.hub.it.publishing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.RunningHub;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.client.Uploader;

/** Clients that still send when the hub has refused them get its whole response, not a reset. */
class EarlyRefusalIT {
  private static final int BODY_BYTES = 8_000_000;
  private static final int RUNS = 10;
  private static final String REFUSED = "/api/flist/me/.hidden";
  private static final String UPGRADE =
      "\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAA";

  private final RunningHub hub = RunningHub.shared();
  private final byte[] body = new byte[BODY_BYTES];

  @BeforeEach
  void let_the_hub_meet_its_listener() throws IOException {
    new Uploader(hub.uri("/")).get("/api/flist");
  }

  /** Java's client asks for an upgrade to HTTP/2 unless it is told not to. */
  @ParameterizedTest
  @EnumSource
  void a_client_of_java_gets_every_response(HttpClient.Version version) throws Exception {
    for (int i = 0; i < RUNS; i++) {
      HttpClient client = HttpClient.newBuilder().version(version).build();
      HttpRequest request =
          HttpRequest.newBuilder(hub.uri(REFUSED)).PUT(BodyPublishers.ofByteArray(body)).build();
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
      assertThat(answer.body()).contains("\"status\":\"error\"");
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
      assertThat(connection.getContentType()).isEqualTo("application/json");
      connection.disconnect();
    }
  }

  /** The response has come before the rest of the body is sent, in every case. */
  @ParameterizedTest
  @ValueSource(strings = {"\r\nConnection: close", UPGRADE})
  void the_connection_stays_until_the_rest_of_the_body_has_come(String header) throws IOException {
    try (Socket socket = refused(header + "\r\nContent-Length: " + body.length)) {
      OutputStream out = socket.getOutputStream();
      out.write(body, 0, 1000);
      assertThat(response(socket)).contains("\r\nContent-Type: application/json\r\n");
      out.write(body, 1000, body.length - 1000);
      assertThat(socket.getInputStream().read()).isNegative();
    }
  }

  @Test
  void a_body_in_chunks_is_received_to_its_end_too() throws IOException {
    try (Socket socket = refused(UPGRADE + "\r\nTransfer-Encoding: chunked")) {
      OutputStream out = socket.getOutputStream();
      out.write("3e8\r\n".getBytes(US_ASCII));
      out.write(body, 0, 1000);
      assertThat(response(socket)).contains("\r\nContent-Type: application/json\r\n");
      for (int i = 0; i < body.length / 1000; i++) {
        out.write("\r\n3e8\r\n".getBytes(US_ASCII));
        out.write(body, 0, 1000);
      }
      out.write("\r\n0\r\n\r\n".getBytes(US_ASCII));
      assertThat(socket.getInputStream().read()).isNegative();
    }
  }

  /** The client of a proxy may never send the rest, and the proxy may reuse the connection. */
  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 8000000", "Transfer-Encoding: chunked"})
  void a_connection_is_not_reused_after_a_response_to_half_a_body(String framing)
      throws IOException {
    try (Socket socket = connect()) {
      send(socket, "POST /api/nothing HTTP/1.1\r\n" + framing, "1\r\n0");
      assertThat(response(socket)).contains(" 404 ", "\r\nConnection: close\r\n");
    }
  }

  @Test
  void a_connection_is_reused_after_an_upload() throws IOException {
    byte[] archive = new TarBytes().file("text", "text").gzip();
    String start =
        "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"kept.tar.gz\"\r\n\r\n";
    String form = start + new String(archive, ISO_8859_1) + "\r\n--B--\r\n";
    try (Socket socket = connect()) {
      for (int i = 0; i < 3; i++) {
        send(
            socket,
            "POST /api/flist/me/upload HTTP/1.1\r\n"
                + "Content-Type: multipart/form-data; boundary=B\r\nContent-Length: "
                + form.length(),
            form);
        assertThat(response(socket)).contains(" 200 ").doesNotContain("Connection: close");
      }
    }
  }

  private void send(Socket socket, String head, String body) throws IOException {
    String host = "\r\nHost: 127.0.0.1:" + hub.port();
    socket.getOutputStream().write((head + host + "\r\n\r\n" + body).getBytes(ISO_8859_1));
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), hub.port());
    socket.setSoTimeout(60_000);
    return socket;
  }

  private Socket refused(String headers) throws IOException {
    Socket socket = connect();
    send(socket, "PUT " + REFUSED + " HTTP/1.1" + headers, "");
    return socket;
  }

  /** Reads one response whose length is given. */
  private static String response(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      assertThat(next).as(head.toString()).isNotNegative();
      head.append((char) next);
    }
    String length = head.toString().replaceAll("(?is).*content-length: ([0-9]+).*", "$1");
    return head + new String(in.readNBytes(Integer.parseInt(length)), UTF_8);
  }
}
