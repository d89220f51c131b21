package tf.grid.hub.soak;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import tf.grid.hub.Await;
import tf.grid.hub.FreePort;

/** The built hub as {@code deployment/hub} starts it. Killed and restarted by one thread. */
final class SoakHub implements AutoCloseable {
  static final String ADMINISTRATOR = "host";

  private final int port = FreePort.next();
  private final int gatewayPort = FreePort.next();
  private final Path home;
  private final Map<String, String> environment;
  private volatile Process process;

  /**
   * Starts it and waits until it answers.
   *
   * @param settings environment variables, on top of the usual
   */
  SoakHub(Path home, Map<String, String> settings) throws IOException, InterruptedException {
    this.home = home;
    this.environment = new HashMap<>();
    environment.put("HUB_DATA_DIR", home.resolve("data").toString());
    environment.put("HUB_GATEWAY_PORT", Integer.toString(gatewayPort));
    environment.put("HUB_GATEWAY_ENABLED", "true");
    environment.put("HUB_PUBLIC_URL", "http://127.0.0.1:" + port);
    environment.put("HUB_AUTH_DEV_LOGIN", "true");
    environment.put("HUB_AUTH_ADMINISTRATORS", ADMINISTRATOR);
    environment.put("HUB_GC_GRACE", "PT1M");
    environment.put("HUB_HEALTH_FREE_BYTES", "1 MiB");
    String flags = Objects.requireNonNullElse(System.getenv("JAVA_OPTS"), "");
    environment.put("JAVA_OPTS", "-Djava.io.tmpdir=" + home + " " + flags);
    environment.putAll(settings);
    start();
  }

  Path data() {
    return home.resolve("data");
  }

  int port() {
    return port;
  }

  int gatewayPort() {
    return gatewayPort;
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** Starts it again after {@link #kill}. */
  void start() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of("deployment", "hub").toAbsolutePath().toString(),
            "--port",
            Integer.toString(port));
    builder.environment().keySet().removeIf(name -> name.startsWith("HUB_"));
    builder.environment().putAll(environment);
    builder.directory(home.toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("hub.log").toFile()));
    process = builder.start();
    HttpClient client = HttpClient.newHttpClient();
    Await.until("the hub answers or ends", () -> answers(client) || !process.isAlive());
    if (!process.isAlive()) {
      throw new IOException("the hub ended while it started, see " + home.resolve("hub.log"));
    }
  }

  private boolean answers(HttpClient client) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/api/flist")).timeout(Duration.ofSeconds(10)).build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notListening) {
      return false;
    }
  }

  /** Whether it runs; it ends by itself only if it failed. */
  boolean isAlive() {
    return process.isAlive();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Stops all of its threads, as a machine without CPU time does, until {@link #thaw}. */
  void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  void thaw() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /**
   * What it uses.
   *
   * @param mebibytes resident memory
   */
  record Usage(long mebibytes, long threads, long files) {}

  /** What it uses now; nothing while it is down. */
  Usage usage() {
    Path proc = Path.of("/proc/" + process.pid());
    long kibibytes = 0;
    long threads = 0;
    try (Stream<Path> files = Files.list(proc.resolve("fd"))) {
      for (String line : Files.readAllLines(proc.resolve("status"))) {
        if (line.startsWith("VmRSS:")) {
          kibibytes = Long.parseLong(line.replaceAll("[^0-9]", ""));
        } else if (line.startsWith("Threads:")) {
          threads = Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
      }
      return new Usage(kibibytes >> 10, threads, files.count());
    } catch (IOException down) {
      return new Usage(0, 0, 0);
    }
  }

  /** Ends it as a service manager does. */
  @Override
  public void close() {
    process.destroy();
    Await.until("the hub ends", () -> !process.isAlive());
  }
}
