package tf.grid.hub.it.proxies;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import tf.grid.hub.Await;

/**
 * A proxy as a child process, at an address of its own on the loopback interface. Several can share
 * a port, so that they are the same site for their clients. For one thread.
 */
public final class RunningProxy implements AutoCloseable {
  private final String address;
  private final int port;
  private final Path log;
  private final Process process;

  private RunningProxy(String address, int port, Path log, Process process) {
    this.address = address;
    this.port = port;
    this.log = log;
    this.process = process;
  }

  /**
   * Starts it and waits until it listens.
   *
   * @param kind the program
   * @param snippet the part of its configuration that the document shows, with ports and files
   * @param directory for its files, which goes with the test
   * @param address where it listens
   * @param port where it listens
   */
  public static RunningProxy start(
      ProxyKind kind, String snippet, Path directory, String address, int port) throws IOException {
    Path home = Files.createTempDirectory(directory, kind.name());
    Path configuration = home.resolve("proxy.conf");
    Files.writeString(configuration, kind.whole(snippet, home));
    Path log = home.resolve("log");
    Process process =
        new ProcessBuilder(kind.command(configuration))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    RunningProxy proxy = new RunningProxy(address, port, log, process);
    Await.until(kind + " listens or ends", () -> proxy.listens() || !process.isAlive());
    if (!process.isAlive()) {
      throw new AssertionError(kind + " ended: " + proxy.log());
    }
    return proxy;
  }

  private boolean listens() {
    try (Socket socket = new Socket(address, port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Where it listens. */
  public String address() {
    return address;
  }

  /** What it has written. */
  String log() throws IOException {
    return new String(Files.readAllBytes(log), UTF_8);
  }

  @Override
  public void close() {
    process.destroy();
    Await.until("the proxy ends", () -> !process.isAlive());
  }
}
