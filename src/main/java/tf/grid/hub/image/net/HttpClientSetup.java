package tf.grid.hub.image.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.Lookup;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Configures the HTTP client without implicit behaviour: no name resolution, redirects, retries or
 * cookies.
 */
final class HttpClientSetup {

  private static final int MOST = 64;
  private static final int LONGEST_HEADER = 32 << 10;
  private static final int MOST_HEADERS = 200;
  private static final TimeValue LIFE = TimeValue.ofMinutes(1);

  private HttpClientSetup() {}

  /**
   * Creates a client.
   *
   * @param tls trusted certificates
   * @param verifier checks that a certificate matches a host
   * @param connect timeout for connecting
   * @param silence timeout without any data
   */
  static CloseableHttpClient client(
      SSLContext tls, HostnameVerifier verifier, Duration connect, Duration silence) {
    return HttpClients.custom()
        .setConnectionManager(pool(tls, verifier, connect, silence))
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setResponseTimeout(Timeout.of(silence))
                .setConnectionRequestTimeout(Timeout.of(silence))
                .build())
        .setUserAgent("zero-os-hub")
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .build();
  }

  private static PoolingHttpClientConnectionManager pool(
      SSLContext tls, HostnameVerifier verifier, Duration connect, Duration silence) {
    TlsSocketStrategy strategy =
        new DefaultClientTlsStrategy(tls, HostnameVerificationPolicy.CLIENT, verifier);
    Lookup<TlsSocketStrategy> schemes = Map.of("https", strategy)::get;
    PoolingHttpClientConnectionManager pool =
        new PoolingHttpClientConnectionManager(
            // Reading from the socket of a channel can be interrupted.
            new DefaultHttpClientConnectionOperator(
                proxy -> SocketChannel.open().socket(), null, new NoNames(), schemes),
            PoolConcurrencyPolicy.LAX,
            PoolReusePolicy.LIFO,
            LIFE,
            ManagedHttpClientConnectionFactory.builder().http1Config(bounds()).build());
    pool.setMaxTotal(MOST);
    pool.setDefaultMaxPerRoute(MOST);
    pool.setDefaultConnectionConfig(
        ConnectionConfig.custom()
            .setConnectTimeout(Timeout.of(connect))
            .setSocketTimeout(Timeout.of(silence))
            .build());
    pool.setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(Timeout.of(connect)).build());
    return pool;
  }

  private static Http1Config bounds() {
    return Http1Config.custom()
        .setMaxLineLength(LONGEST_HEADER)
        .setMaxHeaderCount(MOST_HEADERS)
        .build();
  }

  /** Addresses are resolved and checked before, and passed with each request. */
  private static final class NoNames implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      throw new UnknownHostException("an address was not checked");
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}
