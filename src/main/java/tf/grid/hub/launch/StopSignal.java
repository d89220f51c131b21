package tf.grid.hub.launch;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Lets the application answer running requests when the process is told to end. The server closes
 * all connections before it stops applications, so this has to come before the server's own
 * shutdown hook; hooks have no order, hence the signal handler. Reached by reflection, because the
 * compiler warns of {@code sun.misc.Signal}, which has no replacement.
 */
final class StopSignal {

  private static final String APPLICATIONS = "tf.grid.hub:type=Stop,*";

  /** What a shell reports for a process that a signal ended is this plus the signal's number. */
  private static final int SIGNALLED = 128;

  private StopSignal() {}

  /** Handles SIGTERM and SIGINT; where that is impossible, the process ends without this step. */
  static void handle() {
    try {
      for (String name : new String[] {"TERM", "INT"}) {
        handle(name);
      }
    } catch (ReflectiveOperationException | RuntimeException unavailable) {
      // Signals are left to the JVM: see java -Xrs.
    }
  }

  private static void handle(String name) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Object received = signal.getConstructor(String.class).newInstance(name);
    int number = (int) signal.getMethod("getNumber").invoke(received);
    Object end =
        Proxy.newProxyInstance(
            handler.getClassLoader(),
            new Class<?>[] {handler},
            (proxy, method, arguments) -> {
              if (method.getName().equals("handle")) {
                stopApplications();
                Main.silenceOutput();
                System.exit(SIGNALLED + number);
              }
              return null;
            });
    signal.getMethod("handle", signal, handler).invoke(null, received, end);
  }

  private static void stopApplications() {
    try {
      MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
      for (ObjectName application : beans.queryNames(new ObjectName(APPLICATIONS), null)) {
        beans.invoke(application, "run", null, null);
      }
    } catch (JMException | RuntimeException e) {
      // The process ends anyway.
    }
  }
}
