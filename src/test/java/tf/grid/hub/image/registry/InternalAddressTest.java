package tf.grid.hub.image.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.image.Credentials;
import tf.grid.hub.image.PullException;
import tf.grid.hub.image.PullException.AddressForbiddenException;
import tf.grid.hub.image.PullException.MalformedImageException;
import tf.grid.hub.image.bench.StandIn;
import tf.grid.hub.image.bench.TlsFiles;
import tf.grid.hub.image.net.AddressGuard;
import tf.grid.hub.image.reference.InvalidReferenceException;

/**
 * Nobody reaches through the hub what only the hub can reach: neither as a registry nor by a
 * redirect nor as a place that gives tokens, however the address is written.
 */
@NeedsPrograms("openssl")
class InternalAddressTest {
  private static final byte[] LAYER = "layer".getBytes(UTF_8);

  @TempDir static Path directory;
  private static StandIn standIn;
  private static Pulls pulls;
  private static ServerSocketChannel victim;

  @BeforeAll
  static void start() throws IOException, GeneralSecurityException {
    standIn = StandIn.tls(TlsFiles.in(directory));
    pulls = Pulls.with(new AddressGuard(Set.of(standIn.name()), false, InternalAddressTest::names));
    // Listens at all addresses of this machine, of both families.
    victim = ServerSocketChannel.open().bind(new InetSocketAddress(0));
    victim.configureBlocking(false);
  }

  @AfterAll
  static void stop() throws IOException {
    victim.close();
    pulls.close();
    standIn.close();
  }

  @AfterEach
  void forget() {
    standIn.reset();
  }

  /** Hosts that a reference can name. */
  static Stream<String> internal() {
    return Stream.of(
        "127.0.0.1",
        "127.8.8.8",
        "127.1",
        "127.0.1",
        "127.0.0.01",
        "0",
        "0.0.0.0",
        "2130706433",
        "0x7f000001",
        "0X7F000001",
        "017700000001",
        "0177.0.0.1",
        "0x7f.0.0.1",
        "127.0.0.0x1",
        "10.0.0.1",
        "10.255.255.255",
        "172.16.0.1",
        "172.31.255.254",
        "192.168.1.1",
        "169.254.169.254",
        "2852039166",
        "100.64.0.1",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "localhost",
        "LocalHost",
        "LOCALHOST",
        "inner.test",
        "INNER.test",
        "several.test",
        "[::]",
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "[::127.0.0.1]",
        "[::7f00:1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::FFFF:a9fe:a9fe]",
        "[fe80::1]",
        "[fec0::1]",
        "[fc00::1]",
        "[fd00:ec2::254]",
        "[ff02::1]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b::169.254.169.254]",
        "[64:ff9b:1::7f00:1]",
        "[2002:7f00:1::]",
        "[2002:a9fe:a9fe::1]",
        "[2001:0:7f00:1::1]",
        "[2001:db8::1]",
        "[100::1]",
        "[5f00::1]");
  }

  @ParameterizedTest
  @MethodSource("internal")
  void an_internal_registry_is_not_asked(String host) throws IOException {
    refuses(() -> pulls.open(host + ":" + port() + "/app:latest"));
  }

  @ParameterizedTest
  @MethodSource("internal")
  void an_internal_redirect_of_a_manifest_is_not_followed(String host) throws IOException {
    standIn.onManifest("latest", StandIn.status(307, "Location", url(host)));
    refuses(() -> pulls.open(standIn.name() + "/app:latest"));
    assertThat(standIn.requests("/v2/app/manifests/")).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("internal")
  void an_internal_redirect_of_a_layer_is_not_followed(String host) throws IOException {
    standIn.serve(LAYER);
    standIn.onBlob(LAYER, StandIn.status(302, "Location", url(host)));
    RegistryImage image = pulls.open(standIn.name() + "/app:latest");
    refuses(() -> Pulls.fetch(image));
    assertThat(standIn.requests(StandIn.blobPath(LAYER))).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("internal")
  void no_token_is_asked_for_inside(String host) throws IOException {
    standIn.onManifest(
        "latest",
        StandIn.status(401, "WWW-Authenticate", "Bearer realm=\"%s\"".formatted(url(host))));
    refuses(() -> pulls.open(standIn.name() + "/app:latest"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1.",
        "127.1.",
        "localhost.",
        "inner.test.",
        "127%2e0.0.1",
        "127.0.0.1%23",
        "x@127.0.0.1",
        "[::1%25lo]",
        "[::ffff:127.0.0.1%25lo]",
        "[::1",
        "127.0.0.1 ",
        "",
      })
  void odd_hosts_of_a_redirect_are_not_asked(String host) throws IOException {
    standIn.onManifest("latest", StandIn.status(307, "Location", url(host)));
    assertThatThrownBy(() -> pulls.open(standIn.name() + "/app:latest"))
        .isInstanceOf(PullException.class)
        .hasMessageNotContainingAny("null", "Exception", "\n");
    assertThat(victim.accept()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:%d/", "http://inner.test:%d/", "http://1.1.1.1:%d/"})
  void a_redirect_without_encryption_is_not_followed(String url) throws IOException {
    standIn.onManifest("latest", StandIn.status(307, "Location", url.formatted(port())));
    assertThatThrownBy(() -> pulls.open(standIn.name() + "/app:latest"))
        .isInstanceOf(AddressForbiddenException.class)
        .hasMessageContaining("without TLS");
    assertThat(victim.accept()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/passwd", "gopher://127.0.0.1/", "//127.0.0.1:1/", "::"})
  void a_redirect_elsewhere_is_not_followed(String url) {
    standIn.onManifest("latest", StandIn.status(307, "Location", url));
    assertThatThrownBy(() -> pulls.open(standIn.name() + "/app:latest"))
        .isInstanceOf(PullException.class);
  }

  @Test
  void credentials_are_not_sent_inside_either() throws IOException {
    standIn.onManifest(
        "latest",
        StandIn.status(401, "WWW-Authenticate", "Bearer realm=\"%s\"".formatted(url("127.0.0.1"))));
    Optional<Credentials> named = Optional.of(new Credentials("user", "secret"));
    refuses(() -> pulls.open(standIn.name() + "/app:latest", named));
  }

  @Test
  void a_connection_would_be_seen() throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port());
    try (SocketChannel client = SocketChannel.open(address);
        SocketChannel seen = victim.accept()) {
      assertThat(seen.getRemoteAddress()).isEqualTo(client.getLocalAddress());
    }
  }

  private static void refuses(ThrowingCallable pull) throws IOException {
    assertThatThrownBy(pull)
        .isInstanceOfAny(
            AddressForbiddenException.class,
            MalformedImageException.class,
            InvalidReferenceException.class)
        .message()
        .containsAnyOf(
            "is not on the public internet",
            "in a form that this hub does not take",
            "no address in a form that this hub takes",
            "no plain web address in a form that this hub takes")
        .doesNotContain("\n");
    assertThat(victim.accept()).isNull();
  }

  private static int port() {
    return victim.socket().getLocalPort();
  }

  private static String url(String host) {
    return "https://" + host + ":" + port() + "/";
  }

  /** Asks no name server. */
  private static List<InetAddress> names(String host) throws UnknownHostException {
    return switch (host) {
      case "localhost", "localhost.", "inner.test", "inner.test." ->
          List.of(InetAddress.getLoopbackAddress());
      case "several.test" ->
          List.of(InetAddress.getAllByName("1.1.1.1")[0], InetAddress.getLoopbackAddress());
      default -> literal(host);
    };
  }

  private static List<InetAddress> literal(String host) throws UnknownHostException {
    if (host.indexOf(':') < 0 && !host.matches("[0-9.]+")) {
      throw new UnknownHostException(host);
    }
    return List.of(InetAddress.getAllByName(host));
  }
}
