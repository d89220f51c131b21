package tf.grid.hub.client.registry;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLException;
import tf.grid.hub.image.PullException.AddressForbiddenException;
import tf.grid.hub.image.PullException.NotConnectedException;
import tf.grid.hub.image.http.HttpReply;
import tf.grid.hub.image.http.Interruption;
import tf.grid.hub.image.http.Origin;
import tf.grid.hub.image.http.RegistryHttp;

/**
 * Sends requests to registries with the rights of the user, so to any address. As with Docker, only
 * registries of this machine and those that the user names may be without TLS. Thread-safe.
 */
public final class RegistryConnections implements RegistryHttp {
  private static final int CONNECT_MILLIS = 10_000;
  private static final int SILENCE_MILLIS = 30_000;
  private static final String LOOPBACK = "localhost|127\\..*|::1";

  private final Set<String> insecure;

  /**
   * Creates an instance.
   *
   * @param insecure hosts with optional port that may be without TLS, in lower case
   */
  public RegistryConnections(Set<String> insecure) {
    this.insecure = Set.copyOf(insecure);
  }

  @Override
  public boolean trusts(Origin origin) {
    return origin.host().matches(LOOPBACK) || insecure.stream().anyMatch(origin::isNamedBy);
  }

  @Override
  public HttpReply get(URI url, Map<String, String> headers) throws IOException {
    Origin origin = Origin.of(url);
    if (origin.isPlain() && !trusts(origin)) {
      throw new AddressForbiddenException(
          origin
              + " would be asked without TLS: add --insecure-registry "
              + origin
              + " to do that");
    }
    HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(SILENCE_MILLIS);
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setRequestProperty("User-Agent", "hub-client");
    headers.forEach(connection::setRequestProperty);
    try {
      connection.connect();
    } catch (IOException e) {
      IOException failure = Interruption.or(e, "");
      throw failure instanceof InterruptedIOException
          ? failure
          : new NotConnectedException("tried to reach " + origin + " but " + reason(e), e);
    }
    try {
      return new RegistryReply(connection, connection.getResponseCode());
    } catch (IOException e) {
      connection.disconnect();
      throw Interruption.or(e, "tried to reach " + origin + " but the connection failed");
    }
  }

  private static String reason(IOException failure) {
    if (failure instanceof UnknownHostException) {
      return "its name cannot be resolved";
    } else if (failure instanceof SSLException) {
      return "it speaks no TLS, or its certificate is not trusted";
    }
    if (failure instanceof SocketTimeoutException) {
      return "it did not answer in time";
    }
    return "it does not accept the connection";
  }
}
