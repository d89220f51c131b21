package tf.grid.hub.image.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import tf.grid.hub.image.PullException.MalformedImageException;
import tf.grid.hub.image.PullException.NotConnectedException;
import tf.grid.hub.image.PullException.SourceUnreachableException;
import tf.grid.hub.image.http.HttpReply;
import tf.grid.hub.image.http.Interruption;
import tf.grid.hub.image.http.Origin;
import tf.grid.hub.image.http.RegistryHttp;

/**
 * An HTTP client that connects only to checked addresses. It connects to the address that was
 * checked, even if DNS returns another one afterwards; the certificate is still checked for the
 * name. Redirects are returned, not followed. Thread-safe.
 */
public final class GuardedHttp implements RegistryHttp, Closeable {

  private static final int MOST_ADDRESSES = 4;

  private final AddressGuard guard;
  private final CloseableHttpClient strict;
  private final CloseableHttpClient lenient;
  private final ResponseDeadline deadline;

  private GuardedHttp(
      AddressGuard guard,
      CloseableHttpClient strict,
      CloseableHttpClient lenient,
      ResponseDeadline deadline) {
    this.guard = guard;
    this.strict = strict;
    this.lenient = lenient;
    this.deadline = deadline;
  }

  /**
   * Creates a client.
   *
   * @param guard checks addresses
   * @param authorities PEM file of additional certificate authorities
   * @param connect timeout for connecting
   * @param silence timeout without any data; response headers may take twice the sum of both
   * @throws IOException if the file of authorities is unusable
   */
  public static GuardedHttp open(
      AddressGuard guard, Optional<Path> authorities, Duration connect, Duration silence)
      throws IOException {
    return new GuardedHttp(
        guard,
        HttpClientSetup.client(
            TlsTrust.authorities(authorities), new DefaultHostnameVerifier(), connect, silence),
        HttpClientSetup.client(
            TlsTrust.everyone(), NoopHostnameVerifier.INSTANCE, connect, silence),
        new ResponseDeadline(connect.plus(silence).multipliedBy(2)));
  }

  /**
   * Validates a file of certificate authorities.
   *
   * @throws IOException if it is unusable
   */
  public static void checkAuthorities(Optional<Path> authorities) throws IOException {
    if (authorities.isPresent()) {
      TlsTrust.read(authorities.get());
    }
  }

  @Override
  public boolean trusts(Origin origin) {
    return guard.trusts(origin);
  }

  @Override
  public HttpReply get(URI url, Map<String, String> headers) throws IOException {
    return send(url, headers, () -> new HttpGet(url));
  }

  /**
   * Sends a POST request. If an address of the host fails, the request is sent to the next one, so
   * the receiver may get it twice.
   *
   * @param headers of the request, with its content type
   * @return the response with any status; to be closed
   * @throws IOException if the address is not allowed or unreachable, or the thread was interrupted
   */
  public HttpReply post(URI url, Map<String, String> headers, byte[] body) throws IOException {
    return send(
        url,
        headers,
        () -> {
          HttpPost request = new HttpPost(url);
          request.setEntity(new ByteArrayEntity(body, null));
          return request;
        });
  }

  private HttpReply send(URI url, Map<String, String> headers, Supplier<HttpUriRequestBase> maker)
      throws IOException {
    Origin origin = Origin.of(url);
    List<InetAddress> addresses = guard.addresses(origin);
    IOException failure = null;
    for (InetAddress address : addresses.subList(0, Math.min(MOST_ADDRESSES, addresses.size()))) {
      try {
        HttpUriRequestBase request = maker.get();
        headers.forEach(request::setHeader);
        return send(origin, address, request);
      } catch (MessageConstraintException e) {
        throw new MalformedImageException(
            origin + " sends longer headers, or more, than this hub reads", e);
      } catch (IOException e) {
        failure = Interruption.or(e, message(origin, e));
        if (!(failure instanceof SourceUnreachableException)) {
          throw failure;
        }
        if (isBeforeRequest(e)) {
          failure = new NotConnectedException(failure.getMessage(), e);
        }
      }
    }
    throw failure == null
        ? new SourceUnreachableException("there is no host " + origin.host())
        : failure;
  }

  private HttpReply send(Origin origin, InetAddress address, HttpUriRequestBase request)
      throws IOException {
    HttpHost target = new HttpHost(origin.scheme(), address, origin.host(), origin.port());
    CloseableHttpClient client = guard.trusts(origin) ? lenient : strict;
    ClassicHttpResponse response =
        deadline.within(
            request, () -> client.executeOpen(target, request, HttpClientContext.create()));
    return new GuardedReply(request, response);
  }

  /**
   * Whether the failure occurred before the request was sent: no connection, or no encrypted one.
   */
  private static boolean isBeforeRequest(IOException failure) {
    return failure instanceof ConnectException
        || failure instanceof ConnectTimeoutException
        || failure instanceof NoRouteToHostException
        || failure instanceof SSLException;
  }

  private static String message(Origin origin, IOException failure) {
    String start = "tried to reach " + origin + " but ";
    if (failure instanceof SSLException) {
      return start + "it speaks no TLS, or its certificate is not one that this hub trusts";
    }
    if (failure instanceof SocketTimeoutException) {
      return start + "it did not answer in time";
    }
    return start + "the connection failed";
  }

  @Override
  public void close() throws IOException {
    try (deadline;
        strict) {
      lenient.close();
    }
  }
}
