package tf.grid.hub.it.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.FreePort;

class RefusedStartIT {

  @TempDir private Path home;

  @Test
  void a_wrong_value_ends_the_process_and_one_line_says_which()
      throws IOException, InterruptedException {
    Path log = home.resolve("log");
    Process hub =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Djava.io.tmpdir=" + home,
                    "-Dhub.data-dir=" + home.resolve("data"),
                    "-Dhub.store=bogus",
                    "-jar",
                    Path.of("target", "hub.jar").toAbsolutePath().toString(),
                    "--port",
                    Integer.toString(FreePort.next())))
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(hub.waitFor()).isEqualTo(1);
      assertThat(Files.readString(log))
          .contains(
              "The hub could not start: hub.store is 'bogus', but must be one of embedded, zdb,"
                  + " redis");
      assertThat(home.resolve("data")).doesNotExist();
    } finally {
      hub.destroyForcibly();
    }
  }
}
