package tf.grid.hub.image.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.image.PullException.AddressForbiddenException;
import tf.grid.hub.image.PullException.MalformedImageException;
import tf.grid.hub.image.PullException.SourceUnreachableException;
import tf.grid.hub.image.http.Origin;
import tf.grid.hub.image.net.AddressGuard.NameLookup;
import tf.grid.hub.image.reference.RegistryName;

/** Which addresses are allowed, and that connections go to these. */
class AddressGuardTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.1",
        "100.63.255.255",
        "100.128.0.1",
        "172.15.255.255",
        "172.32.0.1",
        "192.167.255.255",
        "193.0.0.1",
        "223.255.255.255",
        "[2606:4700::1111]",
        "[2a00:1450:4001::5e]",
        "[64:ff9b::808:808]",
      })
  void public_addresses_are_allowed(String host) throws IOException {
    assertThat(guard().addresses(origin("https://" + host + "/"))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127\u30020\u30020\u30021",
        "127\uff0e0\uff0e0\uff0e1",
        "localhost\u3002",
        "\u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3",
        "127%2e0%2e0%2e1",
        "%31%32%37.0.0.1",
        "user@127.0.0.1",
        "127.0.0.1:65536",
        "127_0.0.0.1_",
      })
  void hosts_that_programs_read_differently_are_no_addresses(String host) {
    assertThatThrownBy(() -> origin("https://" + host + "/"))
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining("no plain web address");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/passwd", "ftp://1.1.1.1/", "gopher://1.1.1.1/", "/x", "x:y"})
  void other_schemes_are_no_addresses(String url) {
    assertThatThrownBy(() -> origin(url)).isInstanceOf(MalformedImageException.class);
  }

  @Test
  void what_is_not_encrypted_is_refused_before_a_name_is_looked_up() {
    NameLookup none =
        host -> {
          throw new AssertionError("looked up " + host);
        };
    AddressGuard guard = new AddressGuard(Set.of("other.test"), true, none);
    assertThatThrownBy(() -> guard.addresses(origin("http://registry.test/")))
        .isInstanceOf(AddressForbiddenException.class)
        .hasMessageContaining("without TLS")
        .hasMessageContaining("hub.image.insecure-registries");
  }

  @Test
  void a_trusted_host_is_trusted_at_its_port_only() throws IOException {
    AddressGuard guard =
        new AddressGuard(Set.of("Inner.test:5000", "usual.test", "[::1]:5000"), false, inTurn());
    assertThat(guard.trusts(origin("https://INNER.test:5000/"))).isTrue();
    assertThat(guard.trusts(origin("https://inner.test:5001/"))).isFalse();
    assertThat(guard.trusts(origin("https://inner.test/"))).isFalse();
    assertThat(guard.trusts(origin("https://x.inner.test:5000/"))).isFalse();
    assertThat(guard.trusts(origin("http://usual.test/"))).isTrue();
    assertThat(guard.trusts(origin("https://usual.test/"))).isTrue();
    assertThat(guard.trusts(origin("https://usual.test:8443/"))).isFalse();
    assertThat(guard.trusts(origin("https://[::1]:5000/"))).isTrue();
  }

  @Test
  void who_may_go_anywhere_may_know_names_that_this_machine_does_not() throws IOException {
    RegistryName inner = new RegistryName("mirror.inner:5000");
    NameLookup nothing =
        host -> {
          throw new UnknownHostException(host);
        };
    new AddressGuard(Set.of("mirror.inner:5000"), false, nothing).check(inner);
    new AddressGuard(Set.of(), true, nothing).check(inner);
    AddressGuard strict = new AddressGuard(Set.of("mirror.inner:5001"), false, nothing);
    assertThatThrownBy(() -> strict.check(inner)).isInstanceOf(SourceUnreachableException.class);
  }

  @Test
  void a_name_is_checked_again_whenever_it_is_used() throws IOException {
    AddressGuard guard = new AddressGuard(Set.of(), false, inTurn("1.1.1.1", "127.0.0.1"));
    Origin origin = origin("https://rebinding.test/");
    assertThatCode(() -> guard.addresses(origin)).doesNotThrowAnyException();
    assertThatThrownBy(() -> guard.addresses(origin)).isInstanceOf(AddressForbiddenException.class);
  }

  @Test
  void a_connection_goes_to_the_address_that_was_checked() throws IOException {
    // The name moves to another address after it was looked up once.
    List<String> asked = new CopyOnWriteArrayList<>();
    HttpServer first = server("127.0.0.1", 0, asked);
    HttpServer second = server("127.0.0.2", first.getAddress().getPort(), asked);
    String name = "rebinding.test:" + first.getAddress().getPort();
    AddressGuard guard = new AddressGuard(Set.of(name), false, inTurn("127.0.0.1", "127.0.0.2"));
    Duration patience = Duration.ofMinutes(1);
    try (GuardedHttp http = GuardedHttp.open(guard, Optional.empty(), patience, patience)) {
      http.get(URI.create("http://" + name + "/one"), Map.of()).close();
      assertThat(asked).containsExactly("127.0.0.1 " + name + " /one");
      // No connection of the first address is used for the second.
      http.get(URI.create("http://" + name + "/two"), Map.of()).close();
      assertThat(asked).endsWith("127.0.0.2 " + name + " /two").hasSize(2);
    } finally {
      first.stop(0);
      second.stop(0);
    }
  }

  private static HttpServer server(String address, int port, List<String> asked)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getAllByName(address)[0], port), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String host = exchange.getRequestHeaders().getFirst("Host");
            asked.add(address + " " + host + " " + exchange.getRequestURI());
            exchange.sendResponseHeaders(200, -1);
          }
        });
    server.start();
    return server;
  }

  private static AddressGuard guard() {
    return new AddressGuard(Set.of(), false, NameLookup.SYSTEM);
  }

  /** Other answers each time, and the last one from then on. */
  private static NameLookup inTurn(String... addresses) {
    AtomicInteger next = new AtomicInteger();
    return host -> {
      int now = Math.min(next.getAndIncrement(), addresses.length - 1);
      return List.of(InetAddress.getAllByName(addresses[now]));
    };
  }

  private static Origin origin(String url) throws IOException {
    return Origin.of(URI.create(url));
  }
}
