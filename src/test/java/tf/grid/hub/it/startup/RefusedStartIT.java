package tf.grid.hub.it.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.FreePort;
import tf.grid.hub.store.zdb.ZdbServer;

class RefusedStartIT {

  @TempDir private Path home;

  @Test
  void a_wrong_value_ends_the_process_and_one_line_says_which()
      throws IOException, InterruptedException {
    assertThat(logOfRefusedStart("hub.store=bogus"))
        .contains(
            "The hub could not start: hub.store is 'bogus', but must be one of embedded, zdb,"
                + " redis");
    assertThat(home.resolve("data")).doesNotExist();
  }

  @Test
  void a_0_db_in_the_wrong_mode_ends_the_process_and_one_line_says_which_is_needed()
      throws IOException, InterruptedException {
    try (ZdbServer server = new ZdbServer("sequential", "")) {
      String port = "hub.store.port=" + server.port();
      assertThat(logOfRefusedStart("hub.store=zdb", "hub.store.host=127.0.0.1", port).lines())
          .filteredOn(line -> line.contains("The hub could not start"))
          .singleElement()
          .asString()
          .contains("127.0.0.1:" + server.port())
          .contains("start it with --mode user, on an empty directory");
    }
  }

  private String logOfRefusedStart(String... settings) throws IOException, InterruptedException {
    Path log = home.resolve("log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + home);
    command.add("-Dhub.data-dir=" + home.resolve("data"));
    command.add("-Dhub.gateway.port=" + FreePort.next());
    for (String setting : settings) {
      command.add("-D" + setting);
    }
    command.add("-jar");
    command.add(Path.of("target", "hub.jar").toAbsolutePath().toString());
    command.addAll(List.of("--port", Integer.toString(FreePort.next())));
    Process hub =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(hub.waitFor()).isEqualTo(1);
      return Files.readString(log);
    } finally {
      hub.destroyForcibly();
    }
  }
}
