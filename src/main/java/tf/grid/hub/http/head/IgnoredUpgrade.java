package tf.grid.hub.http.head;

import static tf.grid.hub.http.connection.GrizzlyListener.call;

import java.lang.reflect.Method;

/**
 * Makes the server (Grizzly) treat a request with the header {@code Upgrade} as any other: the
 * header is optional for a server (RFC 9110, section 7.8), and Java's client sends it with every
 * request. Otherwise Grizzly takes the rest of the connection for another protocol: it frames no
 * body, leaves out {@code Content-Type} and {@code Date} of a response that is flushed, and closes
 * the connection when the response ends. A client that is still sending would then get a reset and
 * not the response. Reached by reflection, since the classes are the server's own. Thread-safe.
 */
final class IgnoredUpgrade {
  private static final String UPGRADE = "Upgrade";

  private final Object codec;
  private final Method prepareRequest;
  private final Method chooseFraming;

  /**
   * Works on the requests of a codec.
   *
   * @param codec parses heads, of a class of the server
   * @throws ReflectiveOperationException if the server has another structure
   */
  IgnoredUpgrade(Object codec) throws ReflectiveOperationException {
    this.codec = codec;
    this.prepareRequest = find(codec.getClass(), "prepareRequest", 2);
    this.chooseFraming = find(codec.getClass(), "setTransferEncodingOnParsing", 1);
  }

  private static Method find(Class<?> type, String name, int parameters)
      throws NoSuchMethodException {
    for (Class<?> level = type; level != null; level = level.getSuperclass()) {
      for (Method method : level.getDeclaredMethods()) {
        if (method.getName().equals(name) && method.getParameterCount() == parameters) {
          method.setAccessible(true);
          return method;
        }
      }
    }
    throw new NoSuchMethodException(type.getName() + "." + name);
  }

  /**
   * Drops the header, and repeats the steps that the server left out because of it.
   *
   * @param head of a request, when the server has parsed it and not yet read from the body
   * @throws IllegalStateException if the server would have rejected the request without the header;
   *     it does so when this is thrown
   */
  void apply(Object head) throws ReflectiveOperationException {
    if (!(boolean) call(head, "isUpgrade") || !(boolean) call(head, "isIgnoreContentModifiers")) {
      return;
    }
    Object headers = call(head, "getHeaders");
    headers.getClass().getMethod("removeHeader", String.class).invoke(headers, UPGRADE);
    call(call(head, "getUpgradeDC"), "recycle");
    call(head, "setIgnoreContentModifiers", false);
    prepareRequest.invoke(codec, head, false);
    Object state = call(head, "getProcessingState");
    if ((boolean) call(state, "isError")) {
      throw new IllegalStateException("the head of the request is malformed");
    }
    // Clients may wait for the end of the connection to see that nothing was upgraded.
    call(state, "setKeepAlive", false);
    if ((boolean) call(head, "isExpectContent")) {
      chooseFraming.invoke(codec, head);
    }
  }
}
