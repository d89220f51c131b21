package tf.grid.hub.it.stores;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tf.grid.hub.KillHarness;
import tf.grid.hub.RunningHub;
import tf.grid.hub.client.FlistClient;
import tf.grid.hub.client.FlistClient.Entry;
import tf.grid.hub.client.Uploader;
import tf.grid.hub.client.ZdbConnection;

/** A hub that is killed while it works: what it has confirmed is there afterwards, whole. */
@Order(1)
class KillIT {
  private static final int KILLS = KillHarness.rounds(2);
  private static final int UPLOADERS = 3;
  private static final int FILE_BYTES = 700_000;

  private final Map<String, Integer> confirmed = new ConcurrentHashMap<>();

  @Test
  void what_was_confirmed_survives_and_nothing_half_done_remains() throws Exception {
    try (RunningHub hub = RunningHub.start()) {
      for (int round = 0; round < KILLS; round++) {
        killDuringUploads(hub, round);
        long started = System.nanoTime();
        hub.restart();
        System.out.printf(
            "ready %d ms after kill %d%n", (System.nanoTime() - started) / 1_000_000, round + 1);
        assertNothingTemporary(hub);
        assertEveryNameIsWhole(hub);
      }
      assertThat(confirmed).hasSizeGreaterThan(KILLS);
    }
  }

  private void killDuringUploads(RunningHub hub, int round) throws Exception {
    int before = confirmed.size();
    Thread[] uploaders = new Thread[UPLOADERS];
    for (int i = 0; i < UPLOADERS; i++) {
      int seed = round * UPLOADERS + i;
      uploaders[i] = new Thread(() -> uploadUntilCutOff(hub, seed), "uploader " + i);
      uploaders[i].start();
    }
    KillHarness.kill(
        "uploads are confirmed", () -> confirmed.size() > before + UPLOADERS, 200, hub::kill);
    for (Thread uploader : uploaders) {
      uploader.join();
    }
  }

  /** Uploads new content under new and, now and then, under old names. */
  private void uploadUntilCutOff(RunningHub hub, int seed) {
    Uploader client = new Uploader(hub.uri("/"));
    try {
      for (int i = 0; ; i++) {
        String name = "s" + seed + "-" + i % 20;
        int content = seed * 1000 + i;
        // From here on either version is right, so it counts only once it is confirmed.
        confirmed.remove(name);
        if (client.upload(name + ".tar.gz", archive(content)).statusCode() == 200) {
          confirmed.put(name, content);
        }
      }
    } catch (IOException killed) {
      return;
    }
  }

  private void assertEveryNameIsWhole(RunningHub hub) throws Exception {
    Uploader client = new Uploader(hub.uri("/"));
    List<String> listed = listed(hub);
    assertThat(listed).containsAll(confirmed.keySet());
    try (ZdbConnection backend = new ZdbConnection("127.0.0.1", hub.gatewayPort())) {
      for (String name : listed) {
        byte[] flist = client.download("/Administrator/" + name + ".flist").body();
        try (FlistClient reader = new FlistClient(flist)) {
          Entry file = reader.entries().get("/content");
          byte[] content = reader.content(file, backend);
          assertThat(content).as(name).hasSize(FILE_BYTES);
          if (confirmed.containsKey(name)) {
            assertThat(content).as(name).isEqualTo(content(confirmed.get(name)));
          }
        }
      }
    }
  }

  private static List<String> listed(RunningHub hub) throws IOException {
    try (Stream<Path> files =
        Files.list(hub.dataDirectory().resolve("public/users/Administrator"))) {
      return files
          .map(file -> file.getFileName().toString().replaceFirst("\\.flist$", ""))
          .toList();
    }
  }

  private static void assertNothingTemporary(RunningHub hub) throws IOException {
    try (Stream<Path> published = Files.walk(hub.dataDirectory().resolve("public"));
        Stream<Path> work = Files.walk(hub.dataDirectory().resolve("work"))) {
      assertThat(published.filter(Files::isRegularFile))
          .allMatch(file -> file.toString().endsWith(".flist"));
      assertThat(work.filter(Files::isRegularFile)).isEmpty();
    }
  }

  private static byte[] content(int seed) {
    byte[] content = new byte[FILE_BYTES];
    new Random(seed).nextBytes(content);
    return content;
  }

  private static byte[] archive(int seed) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      TarArchiveEntry entry = new TarArchiveEntry("content");
      entry.setSize(FILE_BYTES);
      tar.putArchiveEntry(entry);
      tar.write(content(seed));
      tar.closeArchiveEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
