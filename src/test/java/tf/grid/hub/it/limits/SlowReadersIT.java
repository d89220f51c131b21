package tf.grid.hub.it.limits;

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
import java.util.Random;
import org.junit.jupiter.api.Test;
import tf.grid.hub.RunningHub;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.client.Uploader;

/** Clients that ask for much and read nothing cost the hub no memory that it needs. */
class SlowReadersIT {
  private static final int READERS = 1000;
  private static final int FILE_BYTES = 12 * 1024 * 1024;

  private static final int EXTRACTS = 160;
  private static final int EXTRACT_BYTES = 24 * 1024 * 1024;
  private static final String EXTRACT = "/Administrator/slow.flist.md?path=/blob&raw=download";

  private final RunningHub hub = RunningHub.shared();

  @Test
  void a_thousand_downloads_that_nobody_reads_hold_neither_the_heap_nor_the_threads()
      throws Exception {
    Path directory = hub.dataDirectory().resolve("public/users/slow");
    Files.createDirectories(directory);
    Files.write(directory.resolve("huge.flist"), new byte[FILE_BYTES]);
    List<Socket> readers = new ArrayList<>();
    try {
      for (int i = 0; i < READERS; i++) {
        readers.add(ask("/slow/huge.flist"));
      }
      for (Socket reader : readers) {
        assertThat(reader.getInputStream().read()).isEqualTo('H');
      }
      Uploader client = new Uploader(hub.uri("/"));
      assertThat(client.get("/api/flist").statusCode()).isEqualTo(200);
      assertThat(client.download("/slow/huge.flist").body()).hasSize(FILE_BYTES);
      assertThat(threads()).isLessThan(150);
    } finally {
      for (Socket reader : readers) {
        reader.close();
      }
    }
  }

  @Test
  void many_files_out_of_flists_that_nobody_reads_leave_room_for_everybody_else() throws Exception {
    Uploader client = new Uploader(hub.uri("/"));
    byte[] content = new byte[EXTRACT_BYTES];
    new Random(3).nextBytes(content);
    client.upload(
        "slow.tar.gz",
        new TarBytes().entry(new TarBytes.Header("blob").size(content.length), content).gzip());
    List<Socket> readers = new ArrayList<>();
    try {
      for (int i = 0; i < EXTRACTS; i++) {
        readers.add(ask(EXTRACT));
      }
      assertThat(client.get("/").statusCode()).isEqualTo(200);
      assertThat(client.download("/Administrator/slow.flist").statusCode()).isEqualTo(200);
      assertThat(client.get("/Administrator/slow.flist.md?path=/blob").statusCode()).isEqualTo(200);
      assertThat(client.send("HEAD", EXTRACT).statusCode()).isEqualTo(200);
      assertThat(client.download(EXTRACT).body()).isEqualTo(content);
    } finally {
      for (Socket reader : readers) {
        reader.close();
      }
    }
  }

  private long threads() throws IOException {
    return Files.readAllLines(Path.of("/proc/" + hub.pid() + "/status")).stream()
        .filter(line -> line.startsWith("Threads:"))
        .mapToLong(line -> Long.parseLong(line.substring(8).strip()))
        .sum();
  }

  /** What is asked for is larger than the heap in all. */
  private Socket ask(String path) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), hub.port()));
    socket
        .getOutputStream()
        .write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").getBytes(US_ASCII));
    return socket;
  }
}
