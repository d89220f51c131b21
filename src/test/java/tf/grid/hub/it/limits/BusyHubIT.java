package tf.grid.hub.it.limits;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tf.grid.hub.Await;
import tf.grid.hub.RunningHub;
import tf.grid.hub.client.Uploader;

/** A hub whose places for uploads are all taken tells the next ones when to come back. */
class BusyHubIT {
  private static final Path SAMPLES = Path.of("src/test/resources/vectors/samples");
  private static final int PLACES = 8;

  private final RunningHub hub = RunningHub.shared();
  private final Uploader client = new Uploader(hub.uri("/"));

  @Test
  void uploads_and_merges_beyond_the_places_are_told_to_come_back() throws Exception {
    byte[] archive = Files.readAllBytes(SAMPLES.resolve("sample-small.tar.gz"));
    byte[] flist = Files.readAllBytes(SAMPLES.resolve("good.flist"));
    assertThat(client.upload("here.tar.gz", archive).statusCode()).isEqualTo(200);
    List<Socket> unfinished = new ArrayList<>();
    try {
      takeAllPlaces(unfinished, archive);

      Uploader.Form form = new Uploader.Form().file("file", "late.flist", flist);
      assertComesBack(client.upload("late.tar.gz", archive));
      assertComesBack(client.put("/api/flist/me/late", archive));
      assertComesBack(client.post("/api/flist/me/upload-flist", form));
      assertComesBack(client.postText("/api/flist/me/merge/late", "[\"Administrator/here\"]"));
      assertThat(client.get("/api/flist/Administrator/late/light").statusCode()).isEqualTo(404);
    } finally {
      for (Socket socket : unfinished) {
        socket.close();
      }
    }
    awaitPlace(archive);
  }

  /**
   * Starts uploads until one more is refused. Places are taken a moment after the client has done
   * its part, so an upload that was started may find its place taken by the one that asks.
   */
  private void takeAllPlaces(List<Socket> unfinished, byte[] archive) throws IOException {
    Await.until(
        "uploads are refused",
        () -> {
          unfinished.add(startUpload("unfinished-" + unfinished.size(), archive));
          return client.upload("here.tar.gz", archive).statusCode() == 429;
        });
    assertThat(unfinished).hasSizeGreaterThanOrEqualTo(PLACES);
  }

  /** Places are given back a moment after the client is gone. */
  private void awaitPlace(byte[] archive) throws IOException {
    Await.until(
        "a place is given back", () -> client.upload("here.tar.gz", archive).statusCode() == 200);
  }

  private static void assertComesBack(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).contains("10");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.body()).contains("8 uploads are running").contains("try again later");
  }

  /** Sends half of an archive, whose upload goes on for as long as the connection is open. */
  private Socket startUpload(String name, byte[] archive) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), hub.port());
    String head =
        "PUT /api/flist/me/"
            + name
            + " HTTP/1.1\r\nHost: 127.0.0.1:"
            + hub.port()
            + "\r\nContent-Length: "
            + archive.length
            + "\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(US_ASCII));
    socket.getOutputStream().write(archive, 0, archive.length / 2);
    return socket;
  }
}
