package tf.grid.hub.it.publishing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static tf.grid.hub.client.Refusal.assertRefused;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.Await;
import tf.grid.hub.RunningHub;
import tf.grid.hub.client.Uploader;

/** A refused upload says why, and leaves everything as it was: names, files, versions. */
class RefusedUploadIT {
  private static final Path SAMPLES = Path.of("src/test/resources/vectors/samples");
  private static final int MORE_THAN_THE_SERVER_HAS_THREADS = 210;
  private static final RunningHub HUB = RunningHub.shared();
  private static final Uploader CLIENT = new Uploader(HUB.uri("/"));
  private List<String> before;

  @BeforeAll
  static void start() throws IOException {
    CLIENT.upload("victim.tar.gz", sample("sample-small.tar.gz"));
  }

  @BeforeEach
  void look() throws IOException {
    before = HUB.files();
  }

  @AfterEach
  void nothing_has_changed() throws IOException {
    HUB.awaitFiles(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"truncated.tar.gz", "not-a-targz.tar.gz"})
  void a_broken_archive_is_refused(String archive) throws IOException {
    HttpResponse<String> answer = CLIENT.upload("victim.tar.gz", sample(archive));
    assertRefused(answer, 500);
  }

  @Test
  void an_archive_that_is_damaged_in_the_middle_is_refused() throws IOException {
    byte[] archive = sample("sample-full.tar.gz");
    archive[archive.length / 2] ^= 0x55;
    assertRefused(CLIENT.upload("victim.tar.gz", archive), 500);
  }

  @ParameterizedTest
  @CsvSource({
    "file, '', no file selected",
    "file, x.flist, this file is not allowed",
    "file, x.zip, this file is not allowed",
    "other, x.tar.gz, no file found",
  })
  void a_form_without_an_archive_is_refused(String field, String fileName, String message)
      throws IOException {
    HttpResponse<String> answer =
        CLIENT.post(
            "/api/flist/me/upload",
            new Uploader.Form().file(field, fileName, sample("sample-small.tar.gz")));
    assertRefused(answer, 500);
    assertThat(answer.body()).contains(message);
  }

  @Test
  void a_form_that_is_put_is_told_where_forms_go() throws IOException {
    HttpResponse<String> answer =
        CLIENT.put(
            "/api/flist/me/victim",
            "multipart/form-data; boundary=b",
            "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n".getBytes(UTF_8));
    assertRefused(answer, 400);
    assertThat(answer.body()).contains("send forms by POST");
  }

  @Test
  void a_body_that_is_no_form_has_no_file() throws IOException {
    assertThat(CLIENT.post("/api/flist/me/upload", new Uploader.Form()).body())
        .contains("no file found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", ".hidden.tar.gz", "a/", "x\ty"})
  void a_name_that_breaks_the_rules_is_refused(String name) throws IOException {
    assertRefused(
        CLIENT.post(
            "/api/flist/me/upload",
            new Uploader.Form()
                .file("file", "ok.tar.gz", sample("sample-small.tar.gz"))
                .header("X-Original-Name", name)),
        400);
  }

  @Test
  void a_long_upload_that_is_refused_early_still_gets_its_answer() throws IOException {
    byte[] noise = new byte[30_000_000];
    new Random(1).nextBytes(noise);
    assertRefused(CLIENT.upload("noise.tar.gz", noise), 500);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 1000000000", "Transfer-Encoding: chunked"})
  void refused_uploads_that_never_end_get_their_answers_and_cost_no_threads(String length)
      throws Exception {
    List<Socket> unfinished = new ArrayList<>();
    try {
      for (int i = 0; i < MORE_THAN_THE_SERVER_HAS_THREADS; i++) {
        unfinished.add(startUpload("PUT /api/flist/me/.hidden HTTP/1.1", length));
      }
      for (Socket socket : unfinished) {
        assertThat(line(socket)).isEqualTo("HTTP/1.1 400 Bad Request");
      }
      assertThat(CLIENT.get("/api/flist/Administrator/victim/light").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : unfinished) {
        socket.close();
      }
    }
  }

  @Test
  void a_client_that_asks_whether_to_go_on_learns_that_it_is_refused() throws IOException {
    try (Socket socket =
        startUpload(
            "PUT /api/flist/me/.hidden HTTP/1.1",
            "Expect: 100-continue\r\nContent-Length: 1000000000")) {
      String first = line(socket);
      if (first.equals("HTTP/1.1 100 Continue")) {
        assertThat(line(socket)).isEmpty();
        first = line(socket);
      }
      assertThat(first).isEqualTo("HTTP/1.1 400 Bad Request");
    }
  }

  @Test
  void a_connection_that_breaks_in_the_middle_publishes_nothing() throws Exception {
    byte[] archive = sample("sample-full.tar.gz");
    int logged = HUB.log().length();
    long audited = audited();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), HUB.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("PUT /api/flist/me/victim HTTP/1.1\r\nHost: 127.0.0.1:"
                  + HUB.port()
                  + "\r\nContent-Length: "
                  + archive.length
                  + "\r\n\r\n")
              .getBytes(UTF_8));
      out.write(Arrays.copyOf(archive, archive.length / 2));
      out.flush();
    }
    Await.until("the upload is in the audit log", () -> audited() > audited);
    assertThat(HUB.log().substring(logged)).doesNotContain("incident");
  }

  /** How many uploads whose connections broke are in the audit log. */
  private static long audited() throws IOException {
    try (Stream<String> lines = Files.lines(HUB.dataDirectory().resolve("audit.log"))) {
      return lines.filter(line -> line.contains("the body was cut off")).count();
    }
  }

  private static Socket startUpload(String request, String header) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), HUB.port());
    socket.setSoTimeout(300_000);
    String head = request + "\r\nHost: 127.0.0.1:" + HUB.port() + "\r\n" + header + "\r\n\r\n";
    // A size that chunks may have, so that the body is well-formed either way.
    socket.getOutputStream().write((head + "7ffff\r\n").getBytes(UTF_8));
    return socket;
  }

  private static String line(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    InputStream in = socket.getInputStream();
    for (int c = in.read(); c != '\n' && c >= 0; c = in.read()) {
      line.append((char) c);
    }
    return line.toString().strip();
  }

  private static byte[] sample(String name) throws IOException {
    return Files.readAllBytes(SAMPLES.resolve(name));
  }
}
