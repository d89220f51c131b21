package tf.grid.hub;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tf.grid.hub.client.Uploader;

/** Clients that ask for much and read nothing cost the hub no memory that it needs. */
class SlowReadersIT {
  private static final int READERS = 60;
  private static final int FILE_BYTES = 12 * 1024 * 1024;

  private final RunningHub hub = RunningHub.shared();

  @Test
  void many_downloads_that_nobody_reads_do_not_fill_the_heap() throws Exception {
    Path directory = hub.dataDirectory().resolve("public/users/slow");
    Files.createDirectories(directory);
    Files.write(directory.resolve("huge.flist"), new byte[FILE_BYTES]);
    List<Socket> readers = new ArrayList<>();
    try {
      for (int i = 0; i < READERS; i++) {
        readers.add(ask("/slow/huge.flist"));
      }
      TimeUnit.SECONDS.sleep(3);
      assertThat(new Uploader(hub.uri("/")).get("/api/flist").statusCode()).isEqualTo(200);
    } finally {
      for (Socket reader : readers) {
        reader.close();
      }
    }
  }

  /** All of them together would need three times the heap. */
  private Socket ask(String path) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), hub.port()), 5000);
    socket
        .getOutputStream()
        .write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").getBytes(US_ASCII));
    return socket;
  }
}
