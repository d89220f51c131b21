package tf.grid.hub.launch;

import fish.payara.micro.PayaraMicro;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The main class of {@code hub.jar}. It adds two features to the server's main class: the option
 * {@code --host} (or {@code HUB_HTTP_HOST} in the environment), and it ends the process if the
 * application does not start; the server alone would keep running without an application.
 */
public final class Main {
  private static final String HOST = "hub.http.host";
  private static final String PORT = "hub.http.port";

  /** Set by the application if it did not start; the server considers it deployed anyway. */
  private static final String FAILURE = "hub.start.failure";

  private static final String ONE_LINE_A_MESSAGE = "%1$tF %1$tT.%1$tL %4$-7s %3$s: %5$s%6$s%n";
  private static final String SERVER_ON_CLASS_PATH = "fish.payara.micro.impl.PayaraMicroImpl";

  private Main() {}

  /**
   * Starts the hub and returns when it is ready.
   *
   * @param args {@code --host <address>} and the options of Payara Micro, such as {@code --port}
   */
  public static void main(String[] args) {
    System.setProperty("java.util.logging.SimpleFormatter.format", ONE_LINE_A_MESSAGE);
    String host = System.getenv("HUB_HTTP_HOST");
    if (host != null && System.getProperty(HOST) == null) {
      System.setProperty(HOST, host);
    }
    try {
      startServer(serverArguments(args));
    } catch (Exception e) {
      fail(rootCause(e));
    }
    String failure = System.getProperty(FAILURE);
    if (failure != null) {
      fail(failure);
    }
    if (PayaraMicro.getInstance().getRuntime().getDeployedApplicationNames().isEmpty()) {
      fail("the application did not start, for the reason above");
    }
    log().log(Level.INFO, "The hub is ready after {0} s", uptimeMillis() / 1000.0);
  }

  /** Removes {@code --host} and passes the address to the application as system properties. */
  static String[] serverArguments(String[] args) {
    List<String> rest = new ArrayList<>(List.of(args));
    int port = rest.indexOf("--port");
    if (port >= 0 && port + 1 < rest.size()) {
      System.setProperty(PORT, rest.get(port + 1));
    }
    int host = rest.indexOf("--host");
    if (host >= 0 && host + 1 < rest.size()) {
      rest.remove(host);
      System.setProperty(HOST, rest.remove(host));
    }
    return rest.toArray(String[]::new);
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

  private static void fail(String reason) {
    log().log(Level.SEVERE, "The hub could not start: {0}", reason);
    System.exit(1);
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
