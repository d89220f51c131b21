package tf.grid.hub.client.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZdbAddressTest {
  @ParameterizedTest
  @CsvSource({
    "hub.example, hub.example, 9900, default",
    "hub.example:9901, hub.example, 9901, default",
    "hub.example/ns, hub.example, 9900, ns",
    "127.0.0.1:1/ns, 127.0.0.1, 1, ns",
    "[::1]:9901, ::1, 9901, default",
  })
  void port_and_namespace_have_defaults(String text, String host, int port, String namespace) {
    assertThat(ZdbAddress.parse(text)).isEqualTo(new ZdbAddress(host, port, namespace));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":9900", "a b", "user@host", "host:99999", "host?x", "host:x"})
  void anything_else_is_refused(String text) {
    assertThatThrownBy(() -> ZdbAddress.parse(text)).hasMessageContaining("HOST[:PORT]");
  }

  @Test
  void it_is_shown_with_its_port() {
    assertThat(ZdbAddress.parse("[::1]")).hasToString("[::1]:9900");
  }
}
