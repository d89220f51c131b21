package tf.grid.hub.store.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tf.grid.hub.FreePort;

/** A real Redis server on a free port of the loopback interface, for tests. */
public final class RedisServer implements AutoCloseable {
  private final Process process;
  private final int port;

  private RedisServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts a server that keeps nothing, with further settings as on its command line. */
  public static RedisServer start(Path directory, String... settings) throws IOException {
    return startOn(FreePort.next(), directory, settings);
  }

  /** Starts a server on a port, such as that of one that was stopped. */
  public static RedisServer startOn(int port, Path directory, String... settings)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of("redis-server", "--bind", "127.0.0.1", "--port", Integer.toString(port)));
    command.addAll(List.of("--save", "", "--appendonly", "no", "--dir", directory.toString()));
    command.addAll(List.of(settings));
    Process process = launch(command);
    BufferedReader log = process.inputReader(StandardCharsets.UTF_8);
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      if (line.contains("eady to accept connections")) {
        return new RedisServer(process, port);
      }
    }
    throw new IOException("redis-server ended before it was ready");
  }

  private static Process launch(List<String> command) {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new AssertionError("this test needs redis-server: apt-get install redis-server", e);
    }
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  @Override
  public void close() {
    stop();
  }

  /** Makes it hang: it accepts connections but does not answer. */
  public void pause() throws IOException {
    signal("STOP");
  }

  /** Ends {@link #pause()}. */
  public void resume() throws IOException {
    signal("CONT");
  }

  private void signal(String name) throws IOException {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Ends the server; a second time does nothing. */
  public void stop() {
    process.destroy();
    try {
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
