package tf.grid.hub.it.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.FreePort;
import tf.grid.hub.RunningHub;
import tf.grid.hub.store.zdb.ZdbServer;

/** A hub that cannot start ends with status 1, and its log is one line with the reason. */
class RefusedStartIT {

  @TempDir private Path home;

  @Test
  void a_wrong_value_is_named() throws IOException, InterruptedException {
    assertThat(log(FreePort.next(), "hub.store=bogus", "java.io.tmpdir=" + home))
        .endsWith(
            "The hub could not start: hub.store is 'bogus', but must be one of embedded, zdb,"
                + " redis, s3");
    assertThat(home.resolve("data")).doesNotExist();
  }

  @Test
  void a_0_db_in_the_wrong_mode_is_told_the_one_that_is_needed()
      throws IOException, InterruptedException {
    try (ZdbServer server = new ZdbServer("sequential", "")) {
      assertThat(
              log(
                  FreePort.next(),
                  "hub.store=zdb",
                  "hub.store.host=127.0.0.1",
                  "hub.store.port=" + server.port(),
                  "java.io.tmpdir=" + home))
          .contains("The hub could not start: ")
          .contains("127.0.0.1:" + server.port())
          .contains("start it with --mode user, on an empty directory");
    }
  }

  @Test
  void a_port_of_another_program_is_named() throws IOException, InterruptedException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();
      assertThat(log(port, "java.io.tmpdir=" + home))
          .endsWith(
              "The hub could not start: cannot listen on 127.0.0.1 port "
                  + port
                  + ": Address already in use");
    }
  }

  @Test
  void a_temporary_directory_that_does_not_exist_is_named()
      throws IOException, InterruptedException {
    Path missing = home.resolve("missing");
    assertThat(log(FreePort.next(), "java.io.tmpdir=" + missing))
        .contains("The hub could not start: java.io.tmpdir is '" + missing + "'");
  }

  @Test
  void a_machine_whose_name_has_no_address_is_told_what_to_do()
      throws IOException, InterruptedException {
    Path hosts = Files.createFile(home.resolve("hosts"));
    assertThat(log(FreePort.next(), "jdk.net.hosts.file=" + hosts, "java.io.tmpdir=" + home))
        .contains("The hub could not start: the name of this machine, '")
        .endsWith("', has no address: add it to /etc/hosts");
  }

  @Test
  void the_data_directory_of_another_hub_is_refused() throws IOException, InterruptedException {
    RunningHub other = RunningHub.shared();
    assertThat(
            log(
                FreePort.next(),
                "java.io.tmpdir=" + home,
                "hub.store-dir=" + home.resolve("store"),
                "hub.data-dir=" + other.dataDirectory()))
        .endsWith(
            "The hub could not start: hub.data-dir is '"
                + other.dataDirectory()
                + "', but must be a directory that no other hub uses: stop the other one first");
    assertThat(home.resolve("store")).isEmptyDirectory();
  }

  /** The only line in the log of a hub that does not start. */
  private String log(int port, String... properties) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dhub.data-dir=" + home.resolve("data"));
    for (String property : properties) {
      command.add("-D" + property);
    }
    command.add("-Dhub.gateway.port=" + FreePort.next());
    command.add("-jar");
    command.add(Path.of("target", "hub.jar").toAbsolutePath().toString());
    command.addAll(List.of("--port", Integer.toString(port)));
    Path log = home.resolve("log");
    Process hub =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(hub.waitFor()).isEqualTo(1);
      List<String> lines = Files.readAllLines(log);
      assertThat(lines).hasSize(1);
      return lines.get(0);
    } finally {
      hub.destroyForcibly();
    }
  }
}
