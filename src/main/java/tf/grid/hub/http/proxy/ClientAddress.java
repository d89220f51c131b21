package tf.grid.hub.http.proxy;

import jakarta.servlet.http.HttpServletRequest;

/** Determines the address of the client. Thread-safe. */
@FunctionalInterface
public interface ClientAddress {

  String of(HttpServletRequest request);
}
