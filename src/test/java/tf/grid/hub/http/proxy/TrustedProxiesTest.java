package tf.grid.hub.http.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
  private final TrustedProxies proxies =
      TrustedProxies.of(List.of("127.0.0.1", "10.1.0.0/16", "2001:db8::/33"));

  private static String client(TrustedProxies proxies, String connection, String... forwarded) {
    HttpServletRequest request =
        (HttpServletRequest)
            Proxy.newProxyInstance(
                TrustedProxiesTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "getRemoteAddr" -> connection;
                      case "getHeaders" -> Collections.enumeration(List.of(forwarded));
                      default -> throw new UnsupportedOperationException(method.getName());
                    });
    return proxies.of(request);
  }

  @Test
  void the_header_of_a_trusted_proxy_tells_the_client() {
    assertThat(client(proxies, "127.0.0.1", "192.0.2.7")).isEqualTo("192.0.2.7");
    assertThat(client(proxies, "10.1.255.3", "2001:db9::7")).isEqualTo("2001:db9::7");
    assertThat(client(proxies, "2001:db8:7fff::1", "192.0.2.7")).isEqualTo("192.0.2.7");
  }

  @Test
  void the_header_of_anybody_else_is_ignored() {
    assertThat(client(proxies, "192.0.2.1", "192.0.2.7")).isEqualTo("192.0.2.1");
    assertThat(client(proxies, "10.2.0.1", "192.0.2.7")).isEqualTo("10.2.0.1");
    assertThat(client(proxies, "2001:db8:8000::1", "192.0.2.7")).isEqualTo("2001:db8:8000::1");
    assertThat(client(TrustedProxies.of(List.of()), "127.0.0.1", "192.0.2.7"))
        .isEqualTo("127.0.0.1");
  }

  @Test
  void what_a_client_wrote_before_the_proxy_is_ignored() {
    assertThat(client(proxies, "127.0.0.1", "203.0.113.9, 192.0.2.7")).isEqualTo("192.0.2.7");
    assertThat(client(proxies, "127.0.0.1", "203.0.113.9", "192.0.2.7")).isEqualTo("192.0.2.7");
  }

  @Test
  void the_header_passes_through_several_proxies() {
    assertThat(client(proxies, "127.0.0.1", "203.0.113.9, 192.0.2.7, 10.1.0.2"))
        .isEqualTo("192.0.2.7");
    assertThat(client(proxies, "127.0.0.1", "10.1.0.1, 10.1.0.2")).isEqualTo("10.1.0.1");
  }

  @Test
  void an_address_may_have_a_port() {
    assertThat(client(proxies, "127.0.0.1", "192.0.2.7:4711")).isEqualTo("192.0.2.7");
    assertThat(client(proxies, "127.0.0.1", "[2001:db9::7]:4711")).isEqualTo("2001:db9::7");
  }

  @Test
  void without_an_address_the_client_is_the_proxy() {
    assertThat(client(proxies, "127.0.0.1")).isEqualTo("127.0.0.1");
    assertThat(client(proxies, "127.0.0.1", "unknown")).isEqualTo("127.0.0.1");
    assertThat(client(proxies, "127.0.0.1", "192.0.2.7\" forged")).isEqualTo("127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"proxy.example", "10.0.0.0/33", "10.0.0.0/", "::/129", "1.2.3", "300.1.1.1"})
  void other_settings_are_errors(String text) {
    List<String> texts = List.of(text);
    assertThatThrownBy(() -> TrustedProxies.of(texts)).isInstanceOf(IllegalArgumentException.class);
  }
}
