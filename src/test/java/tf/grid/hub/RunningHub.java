package tf.grid.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The built hub as a child process of {@code deployment/hub} on free ports of the loopback
 * interface, for tests that need the real thing. Its data directory is its own unless the test
 * gives one, and goes when the test closes it. A start takes some seconds: tests that leave nothing
 * behind which disturbs others use {@link #shared()}. One thread at a time may start, stop or kill
 * it; the rest may be shared.
 */
public final class RunningHub implements AutoCloseable {
  private static final Path START = Path.of("deployment", "hub").toAbsolutePath();

  private static final Map<Map<String, String>, RunningHub> SHARED = register();

  private final HttpClient client = HttpClient.newHttpClient();
  private final int port = FreePort.next();
  private final int gatewayPort = FreePort.next();
  private final Path home;
  private final Map<String, String> environment;
  private Process process;

  private RunningHub(Path home, Map<String, String> environment) {
    this.home = home;
    this.environment = environment;
  }

  /** A hub in no-auth mode for this test alone, with an empty data directory. */
  public static RunningHub start() {
    return start(Map.of());
  }

  /**
   * A hub for this test alone.
   *
   * @param settings environment variables such as {@code HUB_AUTH_ENABLED}, on top of the usual:
   *     no-auth mode, a data directory of its own, a gateway on {@link #gatewayPort()}
   */
  public static RunningHub start(Map<String, String> settings) {
    RunningHub hub = new RunningHub(temporaryDirectory(), Map.copyOf(settings));
    try {
      hub.launch();
    } catch (RuntimeException | Error e) {
      hub.close();
      throw e;
    }
    return hub;
  }

  /** The one hub in no-auth mode that all tests of a run share; it ends with the run. */
  public static RunningHub shared() {
    return shared(Map.of());
  }

  /**
   * The one hub with these settings that all tests of a run share; it starts with the first that
   * asks, and ends with the run.
   *
   * @param settings as for {@link #start(Map)}
   */
  public static RunningHub shared(Map<String, String> settings) {
    return SHARED.computeIfAbsent(Map.copyOf(settings), RunningHub::start);
  }

  /** Starts it again on the same ports and data after {@link #stop()} or {@link #kill()}. */
  public void restart() {
    launch();
  }

  /** Asks it to end, as a service manager does, and waits until it has. */
  public void stop() {
    process.destroy();
    awaitEnd();
  }

  /** Asks it to end and does not wait. */
  public void terminate() {
    process.destroy();
  }

  /** Waits until it has ended and returns the status. */
  public int awaitExit() {
    awaitEnd();
    return process.exitValue();
  }

  /** Ends it as {@code kill -9} or a power cut would. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** The address of a path of this hub, such as {@code /api/flist}. */
  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** The port of its HTTP listener. */
  public int port() {
    return port;
  }

  /** The port of its 0-db gateway. */
  public int gatewayPort() {
    return gatewayPort;
  }

  /** Where it keeps everything. */
  public Path dataDirectory() {
    return home.resolve("data");
  }

  /** The process identifier, for tests that look at memory or open files. */
  public long pid() {
    return process.pid();
  }

  /** All it has written to standard output and standard error since it was first started. */
  public String log() {
    try {
      return Files.exists(logFile()) ? Files.readString(logFile()) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All published and all temporary files, with sizes and times. */
  public List<String> files() throws IOException {
    while (true) {
      try {
        return filesNow();
      } catch (UncheckedIOException e) {
        // A temporary file went away between the listing and the look at it.
        if (!(e.getCause() instanceof NoSuchFileException)) {
          throw e;
        }
      }
    }
  }

  private List<String> filesNow() throws IOException {
    try (Stream<Path> published = Files.walk(dataDirectory().resolve("public"));
        Stream<Path> temporary = Files.walk(dataDirectory().resolve("work"))) {
      return Stream.concat(published, temporary).map(RunningHub::describe).sorted().toList();
    }
  }

  /** Fails unless these are all files, when requests that broke off have ended. */
  public void awaitFiles(List<String> expected) throws IOException {
    Await.value("the files are " + expected, this::files, expected::equals);
  }

  private static String describe(Path file) {
    try {
      return Files.isDirectory(file) || Files.isSymbolicLink(file)
          ? file.toString()
          : file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
    } catch (IOException gone) {
      return file + " came and went";
    }
  }

  /** Ends it and deletes its data. */
  @Override
  public void close() {
    if (process != null) {
      stop();
    }
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void launch() {
    ProcessBuilder builder = new ProcessBuilder(START.toString(), "--port", Integer.toString(port));
    builder.environment().keySet().removeIf(name -> name.startsWith("HUB_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    // Tests end before code compiled by C2 would pay off.
    builder.environment().put("JAVA_OPTS", "-XX:TieredStopAtLevel=1 -Djava.io.tmpdir=" + home);
    builder.environment().putAll(settings());
    builder.directory(home.toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitAnswer();
  }

  private Map<String, String> settings() {
    Map<String, String> all = new HashMap<>();
    all.put("HUB_AUTH_ENABLED", "false");
    all.put("HUB_DATA_DIR", dataDirectory().toString());
    all.put("HUB_GATEWAY_PORT", Integer.toString(gatewayPort));
    all.put("HUB_PUBLIC_URL", "http://127.0.0.1:" + port);
    all.putAll(environment);
    return all;
  }

  private void awaitAnswer() {
    Await.until("the hub answers or ends", () -> answers() || !process.isAlive());
    if (!process.isAlive()) {
      throw new AssertionError(
          "the hub ended with status " + process.exitValue() + " while it started:\n" + log());
    }
  }

  private boolean answers() {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/api/flist")).timeout(Duration.ofMinutes(5)).build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notListening) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void awaitEnd() {
    Await.until("the hub ends", () -> !process.isAlive());
  }

  private Path logFile() {
    return home.resolve("hub.log");
  }

  private static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("hub-test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<Map<String, String>, RunningHub> register() {
    Map<Map<String, String>, RunningHub> hubs = new ConcurrentHashMap<>();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> hubs.values().parallelStream().forEach(RunningHub::close),
                "stop the shared hubs"));
    return hubs;
  }
}
