package tf.grid.hub.http.connection;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reports the connections of a listener of Payara's HTTP server (Grizzly) to {@link Connections},
 * and bounds what the server buffers for each. It sits where the server's monitoring does, reached
 * by reflection, since the classes are the server's own. Thread-safe.
 */
public final class GrizzlyListener implements InvocationHandler {
  private static final System.Logger LOG = System.getLogger(GrizzlyListener.class.getName());

  /**
   * Bytes that wait in the heap for a client besides those in the system's buffer. The default, a
   * multiple of that buffer, would be 256 KiB: a thousand slow clients would fill the heap.
   */
  private static final int PENDING_BYTES = 4 << 10;

  /**
   * Buffer of the system for what a client has not received yet, in bytes; Linux doubles it. By
   * default it grows to 4 MiB: a thousand slow clients would use all memory that the system has for
   * TCP, and it would send nothing to anybody. This one allows 1 MB/s at a distance of 100 ms.
   */
  private static final int SEND_BUFFER = 64 << 10;

  /**
   * Grizzly 5 closes a connection if so many times {@link #PENDING_BYTES} wait, even if a single
   * write brought them: more than any body that is written at once. Grizzly 4 only makes writers
   * wait.
   */
  private static final int HARD_LIMIT = 1 << 14;

  private static final String SET_HARD_LIMIT = "setPendingBytesHardLimitMultiplier";
  private static final String PROBE = "org.glassfish.grizzly.ConnectionProbe";
  private static final Map<Signature, Method> METHODS = new ConcurrentHashMap<>();

  private final Connections connections;

  private GrizzlyListener(Connections connections) {
    this.connections = connections;
  }

  /**
   * Watches all connections that are accepted from now on.
   *
   * @param connection one of the listener, of a class of the server
   * @throws ReflectiveOperationException if the server has another structure
   */
  public static void watch(Object connection, Connections connections)
      throws ReflectiveOperationException {
    Object transport = call(connection, "getTransport");
    Class<?> type = transport.getClass().getClassLoader().loadClass(PROBE);
    Object probes = Array.newInstance(type, 1);
    allowLongWrites(call(call(transport, "getAsyncQueueIO"), "getWriter"));
    GrizzlyListener watcher = new GrizzlyListener(connections);
    Array.set(
        probes, 0, Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, watcher));
    call(call(transport, "getConnectionMonitoringConfig"), "addProbes", probes);
    watcher.meet(connection);
    StatusNames.add(transport.getClass().getClassLoader());
  }

  private static void allowLongWrites(Object writer) throws ReflectiveOperationException {
    for (Method method : writer.getClass().getMethods()) {
      if (method.getName().equals(SET_HARD_LIMIT)) {
        method.setAccessible(true);
        method.invoke(writer, HARD_LIMIT);
      }
    }
  }

  /**
   * Takes in a connection at its first event: the event of its acceptance goes only to probes that
   * were there when the listener was opened.
   */
  private void meet(Object connection) throws ReflectiveOperationException {
    if (connections.knows(connection)) {
      return;
    }
    call(connection, "setMaxAsyncWriteQueueSize", PENDING_BYTES);
    if (call(connection, "getChannel") instanceof SocketChannel channel && channel.isOpen()) {
      shrink(channel);
    }
    connections.accepted(connection, () -> close(connection));
    if (!(boolean) call(connection, "isOpen")) {
      connections.closed(connection);
    }
  }

  private static void shrink(SocketChannel channel) {
    try {
      channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
    } catch (IOException closed) {
      LOG.log(Level.DEBUG, "a connection was closed at once: {0}", closed.toString());
    }
  }

  private static void close(Object connection) {
    try {
      call(connection, "terminateSilently");
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments)
      throws ReflectiveOperationException {
    switch (method.getName()) {
      case "onIOEventEnableEvent" -> meet(arguments[0]);
      case "onReadEvent" -> {
        meet(arguments[0]);
        connections.received(arguments[0], ((Number) arguments[2]).longValue());
      }
      case "onWriteEvent" -> connections.sent(arguments[0], ((Number) arguments[2]).longValue());
      case "onCloseEvent" -> connections.closed(arguments[0]);
      case "equals" -> {
        return proxy == arguments[0];
      }
      case "hashCode" -> {
        return System.identityHashCode(proxy);
      }
      case "toString" -> {
        return "connections of the hub";
      }
      default -> {
        // Other events need no attention.
      }
    }
    return null;
  }

  /** Calls a public method, of which there is one with the name and so many arguments. */
  public static Object call(Object target, String name, Object... arguments)
      throws ReflectiveOperationException {
    Signature signature = new Signature(target.getClass(), name, arguments.length);
    return METHODS.computeIfAbsent(signature, GrizzlyListener::find).invoke(target, arguments);
  }

  private static Method find(Signature wanted) {
    for (Method method : wanted.type().getMethods()) {
      if (method.getName().equals(wanted.name())
          && method.getParameterCount() == wanted.arguments()) {
        method.setAccessible(true);
        return method;
      }
    }
    throw new IllegalStateException("the server has no method " + wanted);
  }

  private record Signature(Class<?> type, String name, int arguments) {}
}
