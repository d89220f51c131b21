package tf.grid.hub.audit;

import jakarta.servlet.http.HttpServletRequest;

/** Tells where a request comes from. Safe for any number of threads. */
@FunctionalInterface
public interface ClientAddress {

  /** The address of the client. */
  String of(HttpServletRequest request);
}
