package tf.grid.hub.http.connection;

import java.lang.reflect.Method;
import java.util.Map;

/**
 * Names of statuses that Payara's HTTP server (Grizzly) does not know: it writes {@code CUSTOM}
 * after them. Reached by reflection, since the class is the server's own.
 */
final class StatusNames {
  private static final String STATUS = "org.glassfish.grizzly.http.util.HttpStatus";

  /** From the registry of HTTP status codes of IANA. */
  private static final Map<Integer, String> NAMES =
      Map.of(
          421, "Misdirected Request",
          422, "Unprocessable Content",
          425, "Too Early",
          428, "Precondition Required",
          429, "Too Many Requests",
          431, "Request Header Fields Too Large",
          507, "Insufficient Storage");

  private StatusNames() {}

  /** Adds the names to those that the server knows. */
  static void add(ClassLoader server) throws ReflectiveOperationException {
    Method register =
        server.loadClass(STATUS).getDeclaredMethod("register", int.class, String.class);
    register.setAccessible(true);
    for (Map.Entry<Integer, String> name : NAMES.entrySet()) {
      register.invoke(null, name.getKey(), name.getValue());
    }
  }
}
