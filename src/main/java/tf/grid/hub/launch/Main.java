package tf.grid.hub.launch;

import fish.payara.micro.PayaraMicro;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The main class of {@code hub.jar}: the server's own, plus what that lacks. It says where to
 * listen ({@code --host}, or {@code HUB_HTTP_HOST} of the environment), and it ends the process
 * when the application could not be started, where the server alone would go on and serve nothing.
 */
public final class Main {
  private static final String HOST = "hub.http.host";
  private static final String PORT = "hub.http.port";

  /** Where the application leaves the reason why it does not start. */
  private static final String FAILURE = "hub.start.failure";

  private static final String SERVER_ON_CLASS_PATH = "fish.payara.micro.impl.PayaraMicroImpl";

  private Main() {}

  /**
   * Starts the hub and returns when it answers.
   *
   * @param args {@code --host <address>} and the options of Payara Micro, such as {@code --port}
   */
  public static void main(String[] args) {
    PrintStream log = System.err;
    try {
      startServer(withoutHost(args));
    } catch (Exception e) {
      log.println("The hub could not start: " + rootCause(e));
      System.exit(1);
    }
    String failure = failure();
    if (failure != null) {
      log.println("The hub could not start: " + failure);
      System.exit(1);
    }
    log.printf(
        "The hub is ready after %.1f s%n",
        ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0);
  }

  /** The server counts an application that failed as deployed, so that told us itself. */
  private static String failure() {
    boolean nothing =
        PayaraMicro.getInstance().getRuntime().getDeployedApplicationNames().isEmpty();
    return System.getProperty(
        FAILURE, nothing ? "the application failed, see the messages above" : null);
  }

  /**
   * Removes {@code --host} from the arguments. Its value, and that of {@code --port}, become system
   * properties, by which the application knows its own address.
   */
  static String[] withoutHost(String[] args) {
    String fromEnvironment = System.getenv("HUB_HTTP_HOST");
    if (fromEnvironment != null && System.getProperty(HOST) == null) {
      System.setProperty(HOST, fromEnvironment);
    }
    List<String> rest = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals("--host") && i + 1 < args.length) {
        System.setProperty(HOST, args[++i]);
      } else {
        if (args[i].equals("--port") && i + 1 < args.length) {
          System.setProperty(PORT, args[i + 1]);
        }
        rest.add(args[i]);
      }
    }
    return rest.toArray(String[]::new);
  }

  /** With the server's jars on the class path, nothing needs to be unpacked first. */
  private static void startServer(String[] args) throws Exception {
    Class<?> server;
    try {
      server = Class.forName(SERVER_ON_CLASS_PATH);
    } catch (ClassNotFoundException unpackedByTheServerItself) {
      server = PayaraMicro.class;
    }
    server.getMethod("main", String[].class).invoke(null, (Object) args);
  }

  private static String rootCause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return Objects.requireNonNullElse(cause.getMessage(), cause.toString());
  }
}
