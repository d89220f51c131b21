package tf.grid.hub.image.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.Map;
import tf.grid.hub.image.PullException;

/** Sends requests to registries and their token servers. Thread-safe. */
public interface RegistryHttp {

  /**
   * Sends a GET request. Redirects are returned, not followed.
   *
   * @param headers of the request
   * @return the response with any status; to be closed
   * @throws PullException if the address is not allowed or unreachable
   * @throws InterruptedIOException if the thread was interrupted
   */
  HttpReply get(URI url, Map<String, String> headers) throws IOException;

  /** Whether a host may be asked without TLS, and be told credentials for other hosts. */
  boolean trusts(Origin origin);
}
