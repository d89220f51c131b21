package tf.grid.hub.it.limits;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tf.grid.hub.Await;
import tf.grid.hub.RunningHub;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.client.SpecCodec;
import tf.grid.hub.client.Uploader;

/** A hub whose places for uploads are all held by clients that send next to nothing. */
class BusyHubIT {
  private static final Path SAMPLES = Path.of("src/test/resources/vectors/samples");
  private static final int PLACES = 8;
  private static final int WAITING = 32;
  private static final int MORE_THAN_THREADS = 100;
  private static final int MORE_THAN_CHUNKS = 40;
  private static final int EXPORTS = 8;
  private static final int LARGE = 8 << 20;

  private final RunningHub hub = RunningHub.shared();
  private final Uploader client = new Uploader(hub.uri("/"));
  private final List<Socket> slow = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (Socket socket : slow) {
      socket.close();
    }
  }

  @Test
  void work_of_all_kinds_gets_the_places_of_slow_clients() throws Exception {
    readSlowly();
    List<Socket> chunks = dripChunks();
    byte[] archive = Files.readAllBytes(SAMPLES.resolve("sample-small.tar.gz"));
    assertThat(client.upload("here.tar.gz", archive).statusCode()).isEqualTo(200);
    byte[] flist = client.download("/Administrator/here.flist").body();
    List<Socket> uploads = new ArrayList<>();
    for (int i = 0; i < PLACES; i++) {
      uploads.add(startUpload("slow-" + i, archive, archive.length / 2));
    }
    slow.addAll(uploads);

    Uploader.Form form = new Uploader.Form().file("file", "late.flist", flist);
    assertMade(client.upload("late.tar.gz", archive));
    assertMade(client.put("/api/flist/me/late", archive));
    assertMade(client.post("/api/flist/me/upload-flist", form));
    assertMade(client.postText("/api/flist/me/merge/late", "[\"Administrator/here\"]"));

    String refusal =
        Await.value("one had to yield", () -> answer(uploads, ""), text -> !text.isEmpty());
    assertThat(refusal)
        .startsWith("HTTP/1.1 408 ")
        .contains("\r\nRetry-After: 10\r\n")
        .contains("\"status\":\"error\"")
        .contains("bytes a second while others waited for its place")
        .contains("try again later");

    byte[] chunk = new byte[1000];
    String id = HexFormat.of().formatHex(SpecCodec.blake2b(16, chunk));
    Await.value(
        "a chunk is stored",
        () -> client.put("/api/chunks/" + id, chunk).statusCode(),
        status -> status == 201 || status == 200);
    Await.value("a chunk had to yield", () -> answer(chunks, "408"), text -> !text.isEmpty());
    HttpResponse<byte[]> export = client.download("/api/flist/Administrator/large/archive.tar");
    assertThat(export.statusCode()).isEqualTo(200);
    assertThat(export.body()).hasSizeGreaterThan(LARGE);
  }

  /** Exports that nobody reads. */
  private void readSlowly() throws IOException {
    byte[] content = new byte[LARGE];
    new Random(9).nextBytes(content);
    assertMade(client.upload("large.tar.gz", new TarBytes().file("noise", content).gzip()));
    for (int i = 0; i < EXPORTS; i++) {
      Socket socket = new Socket();
      slow.add(socket);
      socket.setReceiveBufferSize(4096);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), hub.port()));
      String head = "GET /api/flist/Administrator/large/archive.tar HTTP/1.1\r\nHost: h\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(US_ASCII));
      assertThat(socket.getInputStream().read()).isEqualTo('H');
    }
  }

  /** Chunks of which only a byte comes. */
  private List<Socket> dripChunks() throws IOException {
    List<Socket> chunks = new ArrayList<>();
    for (int i = 0; i < MORE_THAN_CHUNKS; i++) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), hub.port());
      slow.add(socket);
      chunks.add(socket);
      String head =
          "PUT /api/chunks/00000000000000000000000000000000 HTTP/1.1\r\nHost: 127.0.0.1:"
              + hub.port()
              + "\r\nContent-Length: 1000\r\n\r\nx";
      socket.getOutputStream().write(head.getBytes(US_ASCII));
    }
    return chunks;
  }

  @Test
  void a_client_that_only_sends_a_head_takes_no_place() throws Exception {
    byte[] archive = Files.readAllBytes(SAMPLES.resolve("sample-small.tar.gz"));
    for (int i = 0; i < PLACES; i++) {
      slow.add(startUpload("silent-" + i, archive, 0));
    }
    assertMade(client.upload("late.tar.gz", archive));
    assertThat(firstAnswer()).isEmpty();
  }

  @Test
  void when_too_many_wait_the_next_one_is_told_to_come_back() throws Exception {
    byte[] archive = Files.readAllBytes(SAMPLES.resolve("sample-small.tar.gz"));
    for (int i = 0; i < PLACES + WAITING + 20; i++) {
      slow.add(startUpload("crowd-" + i, archive, archive.length / 2));
    }
    String refusal = Await.value("one is refused", () -> answer("429"), text -> !text.isEmpty());
    assertThat(refusal)
        .startsWith("HTTP/1.1 429 Too Many Requests\r\n")
        .contains("\r\nRetry-After: 10\r\n")
        .contains("8 uploads are running")
        .contains("try again later");
    assertThat(client.get("/api/flist").statusCode()).isEqualTo(200);
  }

  @Test
  void bodies_that_never_come_leave_threads_for_other_requests() throws Exception {
    for (int i = 0; i < MORE_THAN_THREADS; i++) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), hub.port());
      slow.add(socket);
      String head =
          "POST /api/flist/me/docker HTTP/1.1\r\nHost: 127.0.0.1:"
              + hub.port()
              + "\r\nContent-Type: application/x-www-form-urlencoded"
              + "\r\nContent-Length: 100\r\n\r\ni";
      socket.getOutputStream().write(head.getBytes(US_ASCII));
    }
    String refusal = Await.value("one had to yield", this::firstAnswer, text -> !text.isEmpty());
    assertThat(refusal).startsWith("HTTP/1.1 408 ").contains("did not come while the hub waited");
    assertThat(client.get("/api/flist").statusCode()).isEqualTo(200);
  }

  private static void assertMade(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private String firstAnswer() throws IOException {
    return answer("");
  }

  private String answer(String status) throws IOException {
    return answer(slow, status);
  }

  /** What a slow client was answered that has the status; empty if none was. */
  private static String answer(List<Socket> some, String status) throws IOException {
    for (Socket socket : some) {
      InputStream in = socket.getInputStream();
      int count = in.available();
      if (count > 0) {
        String text = new String(in.readNBytes(count), UTF_8);
        if (text.startsWith("HTTP/1.1 " + status)) {
          return text;
        }
      }
    }
    return "";
  }

  /** Sends the first bytes of an archive. */
  private Socket startUpload(String name, byte[] archive, int count) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), hub.port());
    String head =
        "PUT /api/flist/me/"
            + name
            + " HTTP/1.1\r\nHost: 127.0.0.1:"
            + hub.port()
            + "\r\nContent-Length: "
            + archive.length
            + "\r\n\r\n";
    OutputStream out = socket.getOutputStream();
    out.write(head.getBytes(US_ASCII));
    out.write(archive, 0, count);
    return socket;
  }
}
