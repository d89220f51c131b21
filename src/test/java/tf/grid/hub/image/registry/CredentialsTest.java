package tf.grid.hub.image.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.image.Credentials;
import tf.grid.hub.image.PullException.RegistryAccessDeniedException;
import tf.grid.hub.image.bench.StandIn;
import tf.grid.hub.image.bench.TlsFiles;
import tf.grid.hub.image.http.Origin;
import tf.grid.hub.image.net.AddressGuard;
import tf.grid.hub.image.net.AddressGuard.NameLookup;

/**
 * Whom the hub tells the credentials for a registry: {@code registry.test}, or {@code localhost}.
 */
@NeedsPrograms("openssl")
class CredentialsTest {
  private static final byte[] LAYER = "layer".getBytes(UTF_8);
  private static final Optional<Credentials> NAMED = Optional.of(new Credentials("user", "s3cret"));
  private static final Optional<String> BASIC = Optional.of("Basic dXNlcjpzM2NyZXQ=");
  private static final Optional<String> BEARER = Optional.of("Bearer t0ken");
  private static final NameLookup LOOPBACK = host -> List.of(InetAddress.getLoopbackAddress());

  @TempDir static Path directory;
  private static TlsFiles tls;
  private static StandIn registry;
  private static StandIn other;

  @BeforeAll
  static void start() throws IOException, GeneralSecurityException {
    tls = TlsFiles.in(directory);
    registry = StandIn.tls(tls);
    other = StandIn.tls(tls);
  }

  @AfterAll
  static void stop() {
    registry.close();
    other.close();
  }

  @AfterEach
  void forget() {
    registry.reset();
    other.reset();
  }

  @Test
  void a_registry_learns_them_only_when_it_asks() throws IOException {
    registry.serve(LAYER);
    pull(NAMED);
    assertThat(registry.requests("/")).allMatch(request -> request.authorization().isEmpty());
  }

  @Test
  void a_registry_that_asks_learns_them() throws IOException {
    registry.serve(LAYER);
    protect(registry, "Basic realm=\"bench\"", BASIC);
    pull(NAMED);
    assertThat(registry.requests("/v2/app/manifests/"))
        .extracting(StandIn.Request::authorization)
        .containsExactly(Optional.empty(), BASIC);
  }

  @Test
  void who_a_registry_leads_to_does_not_learn_them() throws IOException {
    registry.serve(LAYER);
    other.on("/elsewhere", StandIn.content(LAYER));
    protect(registry, "Basic realm=\"bench\"", BASIC);
    registry.onBlob(LAYER, StandIn.status(307, "Location", at("localhost", "/elsewhere?x=1")));
    pull(NAMED);
    assertThat(registry.requests(StandIn.blobPath(LAYER)))
        .extracting(StandIn.Request::authorization)
        .containsExactly(BASIC);
    assertThat(other.requests("/"))
        .containsExactly(new StandIn.Request("/elsewhere?x=1", Optional.empty(), Optional.empty()));
  }

  @Test
  void another_port_of_the_registry_does_not_learn_them_by_a_redirect() throws IOException {
    registry.serve(LAYER);
    protect(registry, "Basic realm=\"bench\"", BASIC);
    other.on("/elsewhere", StandIn.status(401, "WWW-Authenticate", "Basic realm=\"bench\""));
    registry.onBlob(LAYER, StandIn.status(307, "Location", at("registry.test", "/elsewhere")));
    assertThatThrownBy(() -> pull(NAMED))
        .isInstanceOf(RegistryAccessDeniedException.class)
        .hasMessageContaining("to which registry.test:" + registry.port() + " led");
    assertThat(other.requests("/"))
        .hasSize(1)
        .allMatch(request -> request.authorization().isEmpty());
  }

  @Test
  void the_registry_s_own_place_for_tokens_learns_them_and_the_registry_only_the_token()
      throws IOException {
    registry.serve(LAYER);
    protect(registry, bearer("registry.test"), BEARER);
    other.on("/token", StandIn.content("{\"token\":\"t0ken\"}".getBytes(UTF_8)));
    pull(NAMED);
    assertThat(other.requests("/"))
        .containsExactly(
            new StandIn.Request(
                "/token?service=a+b&account=user&scope=repository%3Aapp%3Apull",
                BASIC, Optional.empty()));
    assertThat(registry.requests("/")).noneMatch(request -> request.authorization().equals(BASIC));
  }

  @Test
  void a_place_for_tokens_elsewhere_does_not_learn_them() {
    registry.serve(LAYER);
    protect(registry, bearer("localhost"), BEARER);
    assertThatThrownBy(() -> pull(NAMED))
        .isInstanceOf(RegistryAccessDeniedException.class)
        .hasMessageContaining("wants its credentials to be told to localhost:" + other.port())
        .hasMessageNotContaining("s3cret");
    assertThat(other.requests("/")).isEmpty();
  }

  @Test
  void a_place_for_tokens_elsewhere_is_asked_for_anyone_s_token() throws IOException {
    registry.serve(LAYER);
    protect(registry, bearer("localhost"), BEARER);
    other.on("/token", StandIn.content("{\"access_token\":\"t0ken\"}".getBytes(UTF_8)));
    pull(Optional.empty());
    assertThat(other.requests("/"))
        .hasSize(1)
        .allMatch(request -> request.authorization().isEmpty());
  }

  @Test
  void a_place_for_tokens_that_the_operator_trusts_learns_them() throws IOException {
    registry.serve(LAYER);
    protect(registry, bearer("localhost"), BEARER);
    other.on("/token", StandIn.content("{\"token\":\"t0ken\"}".getBytes(UTF_8)));
    pull(NAMED, "localhost:" + other.port());
    assertThat(other.requests("/token"))
        .extracting(StandIn.Request::authorization)
        .containsExactly(BASIC);
  }

  @Test
  void a_place_for_tokens_that_leads_elsewhere_leads_without_them() {
    registry.serve(LAYER);
    protect(
        registry, "Bearer realm=\"https://registry.test:" + registry.port() + "/token\"", BEARER);
    registry.on("/token", StandIn.status(307, "Location", at("localhost", "/token")));
    other.on("/token", StandIn.status(401, "WWW-Authenticate", "Basic realm=\"x\""));
    assertThatThrownBy(() -> pull(NAMED)).isInstanceOf(RegistryAccessDeniedException.class);
    assertThat(other.requests("/"))
        .hasSize(1)
        .allMatch(request -> request.authorization().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"token\":\"\",\"access_token\":\"t0ken\"}",
        "{\"token\":null,\"access_token\":\"t0ken\"}",
        "{\"access_token\":\"\",\"token\":\"t0ken\"}",
        "{\"access_token\":null,\"token\":\"t0ken\",\"expires_in\":null}",
        "{\"token\":7,\"access_token\":\"t0ken\"}",
      })
  void an_empty_token_gives_way_to_that_of_the_other_name(String answer) throws IOException {
    registry.serve(LAYER);
    protect(registry, bearer("localhost"), BEARER);
    other.on("/token", StandIn.content(answer.getBytes(UTF_8)));
    pull(Optional.empty());
    assertThat(other.requests("/token")).hasSize(1);
  }

  @Test
  void a_web_page_in_place_of_a_token_is_said_to_be_one() {
    registry.serve(LAYER);
    protect(registry, bearer("localhost"), BEARER);
    other.on("/token", StandIn.content("<html>Sign in</html>".getBytes(UTF_8)));
    assertThatThrownBy(() -> pull(Optional.empty()))
        .hasMessageContaining("localhost:" + other.port() + " answered with an HTML page")
        .hasMessageContaining("a token for app");
  }

  @Test
  void malformed_tokens_are_not_sent() {
    registry.serve(LAYER);
    protect(registry, bearer("registry.test"), BEARER);
    for (String answer :
        List.of("{}", "[]", "{", "{\"token\":\"a b\"}", "{\"token\":\"a\\r\\nX: y\"}")) {
      other.on("/token", StandIn.content(answer.getBytes(UTF_8)));
      assertThatThrownBy(() -> pull(NAMED)).hasMessageContaining("token");
    }
    assertThat(registry.requests("/")).allMatch(request -> request.authorization().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "ghcr.io, ghcr.io, true",
    "ghcr.io, auth.ghcr.io, true",
    "ghcr.io, other.io, false",
    "ghcr.io, evilghcr.io, false",
    "ghcr.io, ghcr.io.evil.test, false",
    "registry-1.docker.io, auth.docker.io, true",
    "registry.gitlab.com, gitlab.com, true",
    "registry.gitlab.com, notgitlab.com, false",
    "registry.example.co.uk, auth.example.co.uk, true",
    "1.2.3.4, 1.2.3.4, true",
    "1.2.3.4, 5.2.3.4, false",
    "localhost, auth.localhost, true",
    "localhost, other, false",
  })
  void hosts_of_one_domain_trust_each_other(String host, String place, boolean same)
      throws IOException {
    AddressGuard guard = new AddressGuard(Set.of(), false, LOOPBACK);
    CredentialScope confidants = new CredentialScope(origin(host), guard::trusts);
    Origin asking = origin(place);
    ThrowingCallable question = () -> confidants.refuseOther(asking);
    if (same) {
      assertThatCode(question).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(question)
          .isInstanceOf(RegistryAccessDeniedException.class)
          .hasMessageContaining(place);
    }
  }

  private static Origin origin(String host) throws IOException {
    return Origin.of(URI.create("https://" + host + "/"));
  }

  /** Lets the manifest be had with an authorization only. */
  private static void protect(StandIn registry, String challenge, Optional<String> wanted) {
    String manifest =
        registry.manifest("linux", "amd64", "", StandIn.descriptor(StandIn.LAYER, LAYER));
    registry.onManifest(
        "latest",
        exchange -> {
          String sent = exchange.getRequestHeaders().getFirst("Authorization");
          StandIn.Answer answer =
              Optional.ofNullable(sent).equals(wanted)
                  ? StandIn.content(manifest.getBytes(UTF_8))
                  : StandIn.status(401, "WWW-Authenticate", challenge);
          answer.give(exchange);
        });
  }

  private static String bearer(String host) {
    return "Bearer realm=\"%s\",service=\"a b\"".formatted(at(host, "/token"));
  }

  private static String at(String host, String path) {
    return "https://" + host + ":" + other.port() + path;
  }

  private static void pull(Optional<Credentials> credentials, String... trusted)
      throws IOException {
    AddressGuard guard = new AddressGuard(Set.of(trusted), true, LOOPBACK);
    try (Pulls pulls = Pulls.with(guard, Optional.of(tls.certificate()))) {
      Pulls.fetch(pulls.open("registry.test:" + registry.port() + "/app", credentials));
    }
  }
}
