package tf.grid.hub.it.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.RunningHub;
import tf.grid.hub.client.Uploader;

/** What the heads of requests may have in them, byte by byte, which no client library sends. */
class RequestHeadsIT {
  private static final RunningHub HUB = RunningHub.shared();
  private static final Uploader CLIENT = new Uploader(HUB.uri("/"));
  private static byte[] archive;

  @BeforeAll
  static void read_an_archive() throws IOException {
    archive = Files.readAllBytes(Path.of("src/test/resources/vectors/samples/sample-small.tar.gz"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PUT /api/flist/me/part",
        "Put /api/flist/me/part",
        "POST /api/flist/me/upload",
        "POST /api/flist/me/upload-flist",
        "PUT /api/flist/me/image/part",
        "POST /api/flist/me/image",
        "POST /api/flist/me/docker",
        "POST /api/flist/me/merge/part",
        "POST /api/merge/conflicts",
        "PUT /api/chunks/00000000000000000000000000000000",
        "POST /api/chunks/missing",
        "POST /upload",
        "POST /upload-flist",
        "POST /docker-convert",
      })
  void a_part_of_a_file_is_refused_and_changes_nothing(String request) throws IOException {
    CLIENT.put("/api/flist/me/part", archive);
    List<String> before = HUB.files();
    String answer = send(request, "Content-Range: bytes 0-99/1000", archive, UTF_8);
    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("send the whole body");
    HUB.awaitFiles(before);
  }

  @Test
  void a_range_of_what_is_read_is_no_part_of_a_file() throws IOException {
    CLIENT.put("/api/flist/me/part", archive);
    assertThat(send("GET /api/flist/me", "Content-Range: bytes 0-1/2", new byte[0], UTF_8))
        .startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Get", "get", "gET"})
  void methods_of_the_api_are_known_in_any_case(String method) throws IOException {
    assertThat(send(method + " /api/flist/me", "", new byte[0], UTF_8))
        .startsWith("HTTP/1.1 200 ")
        .contains("Administrator");
  }

  @Test
  void a_flist_is_uploaded_by_a_method_in_any_case() throws IOException {
    assertThat(send("Put /api/flist/me/any-case", "", archive, UTF_8)).startsWith("HTTP/1.1 200 ");
    assertThat(CLIENT.get("/api/flist/Administrator/any-case/light").statusCode()).isEqualTo(200);
    assertThat(send("dElEtE /api/flist/me/any-case", "", new byte[0], UTF_8))
        .startsWith("HTTP/1.1 200 ");
    assertThat(send("Options /api/flist/me", "", new byte[0], UTF_8))
        .contains("Access-Control-Allow-Methods");
  }

  @ParameterizedTest
  @CsvSource({"UTF-8, schön", "ISO-8859-1, grün", "UTF-8, 日本"})
  void a_path_in_a_header_may_have_any_bytes(String charset, String name) throws IOException {
    String head = "X-Original-Name: /home/jürgen/" + name + ".tar.gz";
    String form =
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.tar.gz\"\r\n\r\n";
    String body = form + new String(archive, ISO_8859_1) + "\r\n--b--\r\n";
    String answer =
        send(
            "POST /api/flist/me/upload",
            "Content-Type: multipart/form-data; boundary=b\r\n" + head,
            body.getBytes(ISO_8859_1),
            Charset.forName(charset));
    assertThat(answer).startsWith("HTTP/1.1 200 ").contains("\"" + name + ".flist\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Referer: http://x/ü", "Cookie: a=ü", "User-Agent: \u0080\u00ff"})
  void other_headers_may_have_any_bytes_too(String header) throws IOException {
    for (Charset charset : List.of(UTF_8, ISO_8859_1)) {
      assertThat(send("GET /api/flist", header, new byte[0], charset)).startsWith("HTTP/1.1 200 ");
      assertThat(send("GET /", header, new byte[0], charset)).startsWith("HTTP/1.1 200 ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b", "a\rb", "a\u0001b", "a\u001bb", "a\u007fb"})
  void a_control_character_in_a_header_is_refused(String value) throws IOException {
    for (String path : List.of("/api/flist", "/", "/Administrator/part.flist")) {
      assertThat(send("GET " + path, "X-Odd: " + value, new byte[0], ISO_8859_1))
          .startsWith("HTTP/1.1 400 ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a/50%",
        "/a/%zz",
        "/a/%2",
        "/%e9",
        "/a/%00",
        "/a%5cb",
        "/a\\b",
        "/..",
        "/a/%c0%ae",
        "/a/\u00ff",
        "/gr\u00fcn.md",
        "/a\u00c0\u00aeb"
      })
  void an_address_that_cannot_be_decoded_is_refused_with_the_reason(String address)
      throws IOException {
    CLIENT.get("/api/flist");
    assertThat(send("GET " + address, "", new byte[0], ISO_8859_1))
        .startsWith("HTTP/1.1 400 ")
        .endsWith(
            "error: the address cannot be decoded: write a percent sign as %25, all else as"
                + " percent-encoded UTF-8\n");
    assertThat(send("GET /api/flist" + address, "", new byte[0], ISO_8859_1))
        .startsWith("HTTP/1.1 ")
        .satisfiesAnyOf(
            answer ->
                assertThat(answer).contains("{\"status\":\"error\",\"message\":\"the address"),
            answer -> assertThat(address).isEqualTo("/.."));
  }

  @Test
  void an_address_may_have_the_bytes_of_utf_8() throws IOException {
    assertThat(send("PUT /api/flist/me/grün", "", archive, UTF_8))
        .startsWith("HTTP/1.1 200 ")
        .contains("\"grün.flist\"");
    assertThat(CLIENT.get("/api/flist/Administrator/gr%C3%BCn/light").statusCode()).isEqualTo(200);
    for (String address :
        List.of("/Administrator/grün.flist.md", "/Administrator/gr%C3%BCn.flist.md")) {
      assertThat(send("GET " + address, "", new byte[0], UTF_8)).startsWith("HTTP/1.1 200 ");
    }
    assertThat(send("GET /api/flist?x=\u00ff", "", new byte[0], ISO_8859_1))
        .startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-A: a\nX-Active-User: nobody", "X-A: a\nb", "X-A: a\n b", "X-A: a\n"})
  void a_line_that_ends_in_a_line_feed_alone_is_refused(String header) throws IOException {
    CLIENT.get("/api/flist");
    assertThat(send("GET /api/flist/me", header, new byte[0], ISO_8859_1))
        .startsWith("HTTP/1.1 400 ")
        .contains("does not end in CR LF");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/metrics", "/health/live", "/api/flist", "/", "/none", "/a/b/c/d"})
  void a_connection_is_closed_after_a_request_to_upgrade_it_and_the_response_says_so(String address)
      throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), HUB.port())) {
      socket.setSoTimeout(60_000);
      String head =
          "GET "
              + address
              + " HTTP/1.1\r\nHost: 127.0.0.1:"
              + HUB.port()
              + "\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertThat(answer.substring(0, answer.indexOf("\r\n\r\n")))
          .containsIgnoringCase("\r\nConnection: close");
    }
  }

  private static String send(String request, String header, byte[] body, Charset charset)
      throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), HUB.port())) {
      socket.setSoTimeout(60_000);
      String head =
          request
              + " HTTP/1.1\r\nHost: 127.0.0.1:"
              + HUB.port()
              + "\r\nConnection: close\r\nContent-Length: "
              + body.length
              + (header.isEmpty() ? "" : "\r\n" + header)
              + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(charset));
      socket.getOutputStream().write(body);
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
