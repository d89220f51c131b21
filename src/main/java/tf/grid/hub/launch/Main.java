package tf.grid.hub.launch;

import fish.payara.micro.PayaraMicro;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import tf.grid.hub.launch.log.LogLines;

/**
 * The main class of {@code hub.jar}. It adds to the server's main class: some options, and an end
 * with one line and status 1 if the hub does not start; the server alone would keep running without
 * an application, or without a port.
 */
public final class Main {
  private static final String HOST = "hub.http.host";
  private static final String PORT = "hub.http.port";
  private static final String TRANSLATE = "--translate-config";

  private static final String IMPORT = "--import-catalogue";
  private static final String EXPORT = "--export-catalogue";

  /** What the application is to do instead of answering requests, and what has become of it. */
  private static final String MOVE = "tf.grid.hub.move";

  private static final String MOVE_REPLACE = "tf.grid.hub.move.replace";
  private static final String MOVE_OUTCOME = "tf.grid.hub.move.outcome";
  private static final String MOVE_COMPLETE = "tf.grid.hub.move.complete";

  /** Set by the application if it did not start and has logged why. */
  private static final String FAILURE = "tf.grid.hub.start.failure";

  private static final String SERVER_ON_CLASS_PATH = "fish.payara.micro.impl.PayaraMicroImpl";

  /** Loggers that report the steps of a start; they ignore levels in logging.properties. */
  private static final List<Logger> SERVER_STEPS =
      List.of(Logger.getLogger("jakarta.enterprise.web"), Logger.getLogger("PayaraMicro"));

  private Main() {}

  /**
   * Starts the hub and returns when it is ready.
   *
   * @param args {@code --host <address>} and {@code --port <number>}, by default in {@code
   *     HUB_HTTP_HOST} and {@code HUB_HTTP_PORT}; {@code --earlier-config <file>}, a {@code
   *     config.py} of the earlier hub to use if it exists; other options of Payara Micro; {@code
   *     --import-catalogue} or {@code --export-catalogue}, with {@code --replace} to write over
   *     what is different, to copy the catalogue of the directory into the database or back
   *     instead; or only {@code --translate-config <file>}, which prints the settings in such a
   *     file as properties
   */
  public static void main(String[] args) {
    LogLines.install();
    for (Logger steps : SERVER_STEPS) {
      steps.setFilter(line -> line.getLevel().intValue() >= Level.WARNING.intValue());
    }
    try {
      if (args.length == 2 && args[0].equals(TRANSLATE)) {
        translate(Path.of(args[1]));
        return;
      }
      start(serverArguments(args));
    } catch (Exception | LinkageError e) {
      log().log(Level.SEVERE, "The hub could not start: {0}", rootCause(e));
      end();
    }
    StopSignal.handle();
    log().log(Level.INFO, "The hub is ready after {0} s", uptimeMillis() / 1000.0);
  }

  private static void start(String[] args) throws Exception {
    checkTemporaryDirectory();
    checkMachineName();
    ListeningPort port = ListeningPort.of(args);
    port.checkFree();
    startServer(args);
    if (System.getProperty(FAILURE) != null) {
      end();
    }
    if (System.getProperty(MOVE_OUTCOME) != null) {
      System.out.println(System.getProperty(MOVE_OUTCOME));
      silenceOutput();
      System.exit(Boolean.getBoolean(MOVE_COMPLETE) ? 0 : 1);
    }
    if (PayaraMicro.getInstance().getRuntime().getDeployedApplicationNames().isEmpty()) {
      throw new IllegalStateException("the application did not start, for the reason above");
    }
    port.checkAnswer();
  }

  /** Passes address and port to the application as system properties, and removes own options. */
  private static String[] serverArguments(String[] args) throws IOException {
    List<String> rest = new ArrayList<>(List.of(args));
    if (rest.remove(IMPORT)) {
      move("import", rest);
    } else if (rest.remove(EXPORT)) {
      move("export", rest);
    }
    take("--host", rest).ifPresent(host -> System.setProperty(HOST, host));
    take("--port", rest).ifPresent(port -> System.setProperty(PORT, port));
    Optional<String> earlier = take("--earlier-config", rest);
    if (earlier.isPresent()) {
      EarlierSettings.apply(Path.of(earlier.get()), line -> log().info(line));
    }
    fromEnvironment("HUB_HTTP_HOST", HOST);
    fromEnvironment("HUB_HTTP_PORT", PORT);
    if (System.getProperty(PORT) != null) {
      rest.addAll(List.of("--port", System.getProperty(PORT)));
    }
    return rest.toArray(String[]::new);
  }

  /** The server needs a port in any case. */
  private static void move(String direction, List<String> rest) throws IOException {
    System.setProperty(MOVE, direction);
    System.setProperty(MOVE_REPLACE, Boolean.toString(rest.remove("--replace")));
    System.setProperty(HOST, InetAddress.getLoopbackAddress().getHostAddress());
    try (ServerSocket free = new ServerSocket(0)) {
      System.setProperty(PORT, Integer.toString(free.getLocalPort()));
    }
  }

  private static Optional<String> take(String option, List<String> arguments) {
    int index = arguments.indexOf(option);
    if (index < 0 || index + 1 >= arguments.size()) {
      return Optional.empty();
    }
    arguments.remove(index);
    return Optional.of(arguments.remove(index));
  }

  private static void fromEnvironment(String variable, String property) {
    String value = System.getenv(variable);
    if (value != null && !value.isBlank() && System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /** Properties go to standard output, what became of each setting to standard error. */
  private static void translate(Path file) throws IOException {
    EarlierConfiguration earlier = EarlierConfiguration.read(file);
    earlier.report().forEach(line -> System.err.println(file + " " + line));
    earlier.lines().forEach(System.out::println);
  }

  /** The server unpacks itself there, and reports a failure as null. */
  private static void checkTemporaryDirectory() throws IOException {
    Path directory = Path.of(System.getProperty("java.io.tmpdir"));
    if (!Files.isDirectory(directory) || !Files.isWritable(directory)) {
      throw new IOException(
          "java.io.tmpdir is '"
              + directory
              + "', but must be a directory that the user of this process can write to");
    }
  }

  /** The server looks it up, and reports only that it is not running. */
  private static void checkMachineName() throws IOException {
    try {
      InetAddress.getLocalHost();
    } catch (UnknownHostException e) {
      String name = Objects.toString(e.getMessage(), "").replaceFirst(":.*", "");
      throw new IOException(
          "the name of this machine, '" + name + "', has no address: add it to /etc/hosts");
    }
  }

  /** If the server's jars are on the class path, they need not be unpacked. */
  private static void startServer(String[] args) throws Exception {
    Class<?> server;
    try {
      server = Class.forName(SERVER_ON_CLASS_PATH);
    } catch (ClassNotFoundException stillPacked) {
      server = PayaraMicro.class;
    }
    server.getMethod("main", String[].class).invoke(null, (Object) args);
  }

  private static void end() {
    silenceOutput();
    System.exit(1);
  }

  /** Parts of the server print to standard output while they end; the log is standard error. */
  static void silenceOutput() {
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
  }

  /**
   * Looked up for each use, because the server replaces the logging configuration while it boots.
   */
  private static Logger log() {
    return Logger.getLogger(Main.class.getName());
  }

  private static long uptimeMillis() {
    return ManagementFactory.getRuntimeMXBean().getUptime();
  }

  private static String rootCause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return Objects.requireNonNullElse(cause.getMessage(), cause.toString());
  }
}
