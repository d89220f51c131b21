package tf.grid.hub.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import fish.payara.micro.PayaraMicro;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tf.grid.hub.Await;

/**
 * An unmodified Payara Micro as a child process, as an operator starts it who has a server already.
 * Archives are deployed below their file name, {@code ROOT.war} at the root. For one thread.
 */
public final class PlainServer implements AutoCloseable {
  private final Path log;
  private final Process process;

  private PlainServer(Path log, Process process) {
    this.log = log;
    this.process = process;
  }

  /**
   * Starts it and waits until all archives are deployed or have failed.
   *
   * @param home for its temporary files and its log
   * @param settings of the hub, as environment variables
   * @param options of the server
   * @param archives to deploy
   */
  public static PlainServer start(
      Path home, Map<String, String> settings, List<String> options, List<Path> archives)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dorg.glassfish.grizzly.http.STRICT_HEADER_VALUE_VALIDATION_RFC_9110=false",
                "-Djava.io.tmpdir=" + home,
                "-jar",
                jar().toString(),
                "--nohazelcast",
                "--disablephonehome"));
    command.addAll(options);
    archives.forEach(archive -> command.addAll(List.of("--deploy", archive.toString())));
    Path log = home.resolve("server.log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("HUB_"));
    builder.environment().putAll(settings);
    PlainServer server = new PlainServer(log, builder.start());
    Await.until("the server is ready or ends", server::isReadyOrEnds);
    if (!server.process.isAlive()) {
      throw new AssertionError(server.log());
    }
    return server;
  }

  private boolean isReadyOrEnds() {
    return log().contains("ready in") || !process.isAlive();
  }

  private static Path jar() {
    try {
      return Path.of(PayaraMicro.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All that it has written. */
  public String log() {
    try {
      return new String(Files.readAllBytes(log), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    Await.until("the server ends", () -> !process.isAlive());
  }
}
