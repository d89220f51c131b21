package tf.grid.hub.http.head;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static tf.grid.hub.http.connection.GrizzlyListener.call;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.lang.System.Logger.Level;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import tf.grid.hub.http.ResponseHeaders;
import tf.grid.hub.http.UrlPath;
import tf.grid.hub.http.connection.Connections;
import tf.grid.hub.http.connection.GrizzlyListener;

/**
 * Looks at the heads of requests before the server (Grizzly, of Payara) decodes their addresses.
 * The server answers a malformed percent escape with 200 and an empty body, logs a trace for each,
 * and takes LF alone for the end of a line, so that one field can hide another. Such a request gets
 * an address that {@link RejectedRequestHead} knows. The header {@code Upgrade} is dropped. It sits
 * where the server's monitoring does, reached by reflection, since the classes are the server's
 * own; on another server it does nothing. Thread-safe.
 */
final class RequestHeadCheck implements InvocationHandler {
  /** The address of requests whose own address cannot be decoded. */
  static final String MALFORMED_ADDRESS = "/.malformed-address";

  /** The address of requests with a line that ends in LF alone. */
  static final String MALFORMED_LINE = "/.malformed-line";

  private static final System.Logger LOG = System.getLogger(RequestHeadCheck.class.getName());
  private static final String CODEC = "org.glassfish.grizzly.http.HttpCodecFilter";
  private static final String PROBE = "org.glassfish.grizzly.http.HttpProbe";
  private static final int CONTINUE = 100;
  private static final Set<Integer> PORTS = ConcurrentHashMap.newKeySet();

  /** Set by the bytes of a head, read when it was parsed, which is the same step of one thread. */
  private final ThreadLocal<Boolean> bareLineFeed = ThreadLocal.withInitial(() -> false);

  private final String contextPath;
  private final Connections connections;
  private final Optional<IgnoredUpgrade> upgrades;

  private RequestHeadCheck(
      String contextPath, Connections connections, Optional<IgnoredUpgrade> upgrades) {
    this.contextPath = contextPath;
    this.connections = connections;
    this.upgrades = upgrades;
  }

  /** Looks at all requests and connections of a listener from its first request on. */
  static void watchListenerOf(ServletRequest request, Supplier<Connections> connections) {
    if (PORTS.add(request.getLocalPort())) {
      try {
        watch(request, connections.get());
      } catch (ReflectiveOperationException | RuntimeException otherServer) {
        LOG.log(
            Level.DEBUG, "heads of requests are left to the server: {0}", otherServer.toString());
      }
    }
  }

  private static void watch(ServletRequest request, Connections connections)
      throws ReflectiveOperationException {
    ServletRequest plain = request;
    while (plain instanceof ServletRequestWrapper wrapper) {
      plain = wrapper.getRequest();
    }
    Object catalina = call(plain, "getUnwrappedCoyoteRequest");
    Object context = call(call(catalina, "getCoyoteRequest"), "getContext");
    String contextPath = request.getServletContext().getContextPath();
    GrizzlyListener.watch(call(context, "getConnection"), connections);
    for (Object filter : (List<?>) call(context, "getFilterChain")) {
      if (isCodec(filter.getClass())) {
        addProbe(filter, new RequestHeadCheck(contextPath, connections, upgrades(filter)));
      }
    }
  }

  private static Optional<IgnoredUpgrade> upgrades(Object codec) {
    try {
      return Optional.of(new IgnoredUpgrade(codec));
    } catch (ReflectiveOperationException otherServer) {
      LOG.log(Level.DEBUG, "upgrades are left to a filter: {0}", otherServer.toString());
      return Optional.empty();
    }
  }

  private static boolean isCodec(Class<?> type) {
    return type != null && (type.getName().equals(CODEC) || isCodec(type.getSuperclass()));
  }

  private static void addProbe(Object codec, RequestHeadCheck check)
      throws ReflectiveOperationException {
    Class<?> type = codec.getClass().getClassLoader().loadClass(PROBE);
    Object probes = Array.newInstance(type, 1);
    Array.set(
        probes, 0, Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, check));
    call(call(codec, "getMonitoringConfig"), "addProbes", probes);
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments)
      throws ReflectiveOperationException {
    return switch (method.getName()) {
      case "onDataReceivedEvent" -> {
        bareLineFeed.set(hasBareLineFeed((ByteBuffer) call(arguments[1], "toByteBuffer")));
        yield null;
      }
      case "onHeaderParseEvent" -> {
        connections.began(arguments[0]);
        take(arguments[1]);
        yield null;
      }
      case "onHeaderSerializeEvent" -> {
        if (!call(arguments[1], "getStatus").equals(CONTINUE)) {
          connections.answered(arguments[0]);
        }
        yield null;
      }
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      case "toString" -> "heads of requests";
      default -> null;
    };
  }

  private void take(Object head) throws ReflectiveOperationException {
    String address = (String) call(head, "getRequestURI");
    if (!contextPath.isEmpty() && !address.startsWith(contextPath + "/")) {
      return; // of another application of the server
    }
    redirect(head, address);
    if (upgrades.isPresent()) {
      upgrades.get().apply(head);
    }
  }

  private void redirect(Object head, String address) throws ReflectiveOperationException {
    String api = ResponseHeaders.isApi(contextPath, address) ? "/api" : "";
    if (bareLineFeed.get()) {
      call(head, "setRequestURI", contextPath + api + MALFORMED_LINE);
      return;
    }
    byte[] bytes = bytesOfAddress(head);
    if (!isUsable(address) || !isUtf8(bytes)) {
      call(head, "setRequestURI", contextPath + api + MALFORMED_ADDRESS);
    } else if (!address.equals(encoded(bytes))) {
      call(head, "setRequestURI", encoded(bytes));
    }
  }

  /** The server would take bytes above 127 that are not percent-encoded for ISO-8859-1. */
  static String encoded(byte[] address) {
    StringBuilder encoded = new StringBuilder(address.length);
    for (byte b : address) {
      if (b < 0) {
        encoded.append("%%%02X".formatted(b & 0xFF));
      } else {
        encoded.append((char) b);
      }
    }
    return encoded.toString();
  }

  private static byte[] bytesOfAddress(Object head) throws ReflectiveOperationException {
    return ((String) call(call(head, "getRequestURIRef"), "getURI", ISO_8859_1))
        .getBytes(ISO_8859_1);
  }

  /** The server answers other bytes in an address with a 400 that says nothing. */
  static boolean isUtf8(byte[] address) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(address));
      return true;
    } catch (CharacterCodingException otherBytes) {
      return false;
    }
  }

  /** Whether the bytes up to the end of a head, if they are one, have LF without CR before it. */
  static boolean hasBareLineFeed(ByteBuffer bytes) {
    int lineStart = bytes.position();
    for (int i = bytes.position(); i < bytes.limit(); i++) {
      if (bytes.get(i) == '\n') {
        if (i == bytes.position() || bytes.get(i - 1) != '\r') {
          return true;
        }
        // Clients may send an empty line before the first one.
        if (i - lineStart == 1 && i > bytes.position() + 1) {
          return false;
        }
        lineStart = i + 1;
      }
    }
    return false;
  }

  /** Whether an address is one that the server can decode, and does not lead out of the site. */
  static boolean isUsable(String address) {
    if (!address.startsWith("/")) {
      return address.equals("*");
    }
    int depth = 0;
    for (String part : UrlPath.parts(address, "").orElse(List.of("\0"))) {
      if (part.indexOf('\0') >= 0 || part.indexOf('\\') >= 0) {
        return false;
      }
      depth += part.equals("..") ? -1 : part.isEmpty() || part.equals(".") ? 0 : 1;
      if (depth < 0) {
        return false;
      }
    }
    return true;
  }
}
