package tf.grid.hub.it.proxies;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tf.grid.hub.Await;
import tf.grid.hub.FreePort;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.RunningHub;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.client.SpecCodec;
import tf.grid.hub.client.ZdbConnection;
import tf.grid.hub.image.bench.Program;
import tf.grid.hub.it.AuditLines;
import tf.grid.hub.it.OpenIdServer;
import tf.grid.hub.it.PlainServer;

/**
 * {@code https://example.org/hub} behind nginx, HAProxy and Apache with TLS: once as {@code
 * hub.jar}, which answers at the root, so that the proxies remove the path, and once as {@code
 * hub.war} on a server that has the same path. Each proxy has a loopback address of its own.
 */
@NeedsPrograms({"nginx", "haproxy", "apache2", "openssl", "curl"})
class ProxiesIT {
  private static final int PORT = FreePort.next();
  private static final int GATEWAY = FreePort.next();
  private static final String SITE = "https://example.org:" + PORT + "/hub";
  private static final String CLIENT = "127.0.0.9";
  private static final String GUEST = "guest-token-for-tests";

  private static final Map<ProxyKind, RunningProxy> REMOVING = new ConcurrentHashMap<>();
  private static final Map<ProxyKind, RunningProxy> KEEPING = new ConcurrentHashMap<>();

  @TempDir private static Path home;
  private static OpenIdServer provider;
  private static RunningHub hub;
  private static PlainServer server;
  private static Certificate certificate;

  @BeforeAll
  static void start() throws Exception {
    provider = OpenIdServer.start();
    int port = FreePort.next();
    startBoth(port);
    certificate = Certificate.create(home);
    int number = 20;
    for (ProxyKind kind : ProxyKind.values()) {
      REMOVING.put(kind, start(kind, kind.snippet(), "127.0.0." + number++, hub.port()));
      KEEPING.put(kind, start(kind, kind.snippetThatKeepsThePath(), "127.0.0." + number++, port));
    }
  }

  /** At the same time, because a start does not use all processors. */
  private static void startBoth(int serverPort) throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<PlainServer> other = thread.submit(() -> startServer(serverPort));
      try {
        hub = RunningHub.start(settings());
      } finally {
        server = Await.result(other);
      }
    } finally {
      thread.shutdown();
    }
  }

  @AfterAll
  static void stop() {
    REMOVING.values().forEach(RunningProxy::close);
    KEEPING.values().forEach(RunningProxy::close);
    if (server != null) {
      server.close();
    }
    if (hub != null) {
      hub.close();
    }
    if (provider != null) {
      provider.close();
    }
  }

  private static Map<String, String> settings() {
    return Map.of(
        "HUB_AUTH_ENABLED",
        "true",
        "HUB_AUTH_GUEST_TOKEN",
        GUEST,
        "HUB_AUTH_OIDC_ISSUER",
        provider.issuer().toString(),
        "HUB_AUTH_OIDC_CLIENT_ID",
        OpenIdServer.CLIENT,
        "HUB_AUTH_OIDC_CLIENT_SECRET",
        "a-secret-for-tests",
        "HUB_PUBLIC_URL",
        SITE,
        "HUB_HTTP_TRUSTED_PROXIES",
        "127.0.0.1");
  }

  private static PlainServer startServer(int port) throws IOException {
    Path loopback =
        Files.writeString(
            home.resolve("loopback"),
            "set configs.config.server-config.network-config.network-listeners.network-listener"
                + ".http-listener.address=127.0.0.1\n");
    Map<String, String> settings = new ConcurrentHashMap<>(settings());
    settings.put("HUB_DATA_DIR", home.resolve("data").toString());
    settings.put("HUB_GATEWAY_PORT", Integer.toString(FreePort.next()));
    return PlainServer.start(
        home,
        settings,
        List.of("--port", Integer.toString(port), "--prebootcommandfile", loopback.toString()),
        List.of(Path.of("target", "hub.war")));
  }

  private static RunningProxy start(ProxyKind kind, String snippet, String address, int hubPort)
      throws IOException {
    String configured =
        snippet
            .replace("*:443", address + ":" + PORT)
            .replace("listen 443", "listen " + address + ":" + PORT)
            .replace("bind :443", "bind " + address + ":" + PORT)
            .replace("192.0.2.7:9900", address + ":" + GATEWAY)
            .replace("127.0.0.1:9900", "127.0.0.1:" + hub.gatewayPort())
            .replace("127.0.0.1:8080", "127.0.0.1:" + hubPort)
            .replace("/etc/ssl/example.org.both.pem", certificate.both().toString())
            .replace("/etc/ssl/example.org.pem", certificate.certificate().toString())
            .replace("/etc/ssl/example.org.key", certificate.key().toString());
    return RunningProxy.start(kind, configured, home, address, PORT);
  }

  /** At the same time, because a large part of each is waiting; one with the path kept. */
  @Test
  void the_smoke_passes_through_every_proxy() throws Exception {
    List<RunningProxy> proxies =
        List.of(
            KEEPING.get(ProxyKind.NGINX),
            REMOVING.get(ProxyKind.HAPROXY),
            REMOVING.get(ProxyKind.APACHE));
    ExecutorService threads = Executors.newFixedThreadPool(proxies.size());
    try {
      List<Future<String>> smokes = new ArrayList<>();
      proxies.forEach(proxy -> smokes.add(threads.submit(() -> smoke(proxy))));
      for (Future<String> smoke : smokes) {
        assertThat(smoke.get()).containsPattern("^\\d+ checks passed\n$");
      }
    } finally {
      threads.shutdown();
    }
  }

  /** Uploads of 12 MB, events while an upload arrives, forms, redirects, cookies, sign-in. */
  private static String smoke(RunningProxy proxy) throws IOException {
    return Program.run("env", "CURL_HOME=" + curlHome(proxy), "deployment/smoke", SITE);
  }

  @ParameterizedTest
  @EnumSource
  void pages_are_the_same_where_a_proxy_keeps_the_path(ProxyKind kind) throws IOException {
    String page = curl(KEEPING.get(kind), "--fail", SITE + "/search");
    assertThat(page)
        .contains("<main", "href=\"/hub/search\"")
        .isEqualTo(curl(REMOVING.get(kind), "--fail", SITE + "/search"));
  }

  @ParameterizedTest
  @EnumSource
  void clients_speak_http_2_and_are_sent_to_the_public_address(ProxyKind kind) throws IOException {
    String answer =
        curl(REMOVING.get(kind), "-o", "/dev/null", "-w", "%{http_version} %{redirect_url}", SITE);
    assertThat(answer).isEqualTo("2 " + SITE + "/");
  }

  @ParameterizedTest
  @EnumSource
  void the_audit_log_has_the_address_that_the_proxy_saw(ProxyKind kind) throws IOException {
    String name = "from-" + kind.name().toLowerCase(Locale.ROOT);
    curl(
        REMOVING.get(kind),
        "-H",
        "X-Forwarded-For: 198.51.100.7",
        "-H",
        "X-Forwarded-For: 127.0.0.1",
        "-H",
        "Authorization: bearer " + GUEST,
        "-X",
        "DELETE",
        SITE + "/api/flist/me/" + name);
    audit().await("\"" + name + "\"", "\"from\":\"" + CLIENT + "\"");
  }

  @Test
  void a_client_that_is_no_trusted_proxy_cannot_choose_its_address() throws IOException {
    Program.run(
        "curl",
        "-sS",
        "--interface",
        CLIENT,
        "-H",
        "X-Forwarded-For: 198.51.100.7",
        "-H",
        "Authorization: bearer " + GUEST,
        "-X",
        "DELETE",
        hub.uri("/api/flist/me/direct").toString());
    audit().await("\"direct\"", "\"from\":\"" + CLIENT + "\"");
  }

  @Test
  void chunks_are_read_from_the_gateway_through_a_proxy() throws IOException {
    byte[] chunk = "a chunk that is read through a proxy".getBytes(UTF_8);
    ChunkId id = ChunkId.of(SpecCodec.blake2b(16, chunk));
    Path file = Files.write(home.resolve("chunk"), chunk);
    RunningProxy proxy = REMOVING.get(ProxyKind.HAPROXY);
    curl(
        proxy,
        "-H",
        "Authorization: bearer " + GUEST,
        "-T",
        file.toString(),
        SITE + "/api/chunks/" + id);
    try (ZdbConnection connection = new ZdbConnection(proxy.address(), GATEWAY)) {
      assertThat(connection.get(id.bytes())).isEqualTo(chunk);
    }
  }

  private static AuditLines audit() {
    return new AuditLines(hub.dataDirectory().resolve("audit.log"));
  }

  private static String curl(RunningProxy proxy, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("env", "CURL_HOME=" + curlHome(proxy), "curl", "-sS"));
    command.addAll(List.of(arguments));
    return Program.run(command);
  }

  /** A directory with settings for curl: a client with an address of its own, at this proxy. */
  private static Path curlHome(RunningProxy proxy) throws IOException {
    Path directory = Files.createTempDirectory(home, "curl");
    Files.writeString(
        directory.resolve(".curlrc"),
        """
        connect-to = "example.org:%1$d:%2$s:%1$d"
        cacert = "%3$s"
        interface = "%4$s"
        """
            .formatted(PORT, proxy.address(), certificate.certificate(), CLIENT));
    return directory;
  }
}
