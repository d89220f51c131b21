package tf.grid.hub.image.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.image.Credentials;
import tf.grid.hub.image.PullException.ImageNotFoundException;
import tf.grid.hub.image.PullException.MalformedImageException;
import tf.grid.hub.image.PullException.RegistryAccessDeniedException;
import tf.grid.hub.image.PullException.SourceUnreachableException;
import tf.grid.hub.image.bench.OddImage;
import tf.grid.hub.image.bench.RegistryServer;
import tf.grid.hub.image.bench.StandIn;
import tf.grid.hub.image.bench.TlsFiles;
import tf.grid.hub.image.bench.TokenServer;
import tf.grid.hub.image.manifest.LayerDescriptor;
import tf.grid.hub.image.net.AddressGuard;
import tf.grid.hub.image.net.AddressGuard.NameLookup;
import tf.grid.hub.image.reference.Digest;

/** Images from a real registry, in all its moods. */
@NeedsPrograms({"docker-registry", "skopeo", "busybox", "openssl"})
class RegistryIT {
  private static final Optional<Credentials> RIGHT =
      Optional.of(new Credentials("user", "pass:word"));
  private static final Optional<Credentials> WRONG = Optional.of(new Credentials("user", "guess"));
  private static final String PUSHER = "--dest-creds=user:pass:word";

  @TempDir static Path directory;
  private static String layout;
  private static TlsFiles tls;
  private static RegistryServer plain;
  private static RegistryServer closed;

  @BeforeAll
  static void start() throws IOException {
    layout = OddImage.in(directory.resolve("odd"));
    tls = TlsFiles.in(directory);
    plain = RegistryServer.plain();
    plain.push(layout, "odd/image:1");
    closed = RegistryServer.withPassword("user", "pass:word");
    closed.push(layout, "odd:1", PUSHER);
  }

  @AfterAll
  static void stop() throws IOException {
    plain.close();
    closed.close();
  }

  @Test
  void an_image_comes_with_its_configuration_and_layers() throws IOException {
    try (Pulls pulls = Pulls.trusting(plain.name())) {
      assertWhole(pulls.open(plain.name() + "/odd/image:1"));
    }
  }

  @Test
  void an_image_is_found_by_its_digest() throws IOException {
    try (Pulls pulls = Pulls.trusting(plain.name())) {
      Digest digest = pulls.open(plain.name() + "/odd/image:1").digest();
      assertThat(pulls.open(plain.name() + "/odd/image@" + digest).digest()).isEqualTo(digest);
    }
  }

  @ParameterizedTest
  @CsvSource({"odd/missing:1", "odd/image:missing", "odd/image"})
  void what_is_missing_is_not_found(String name) throws IOException {
    try (Pulls pulls = Pulls.trusting(plain.name())) {
      assertThatThrownBy(() -> pulls.open(plain.name() + "/" + name))
          .isInstanceOf(ImageNotFoundException.class)
          .hasMessageContaining(name);
    }
  }

  @Test
  void a_layer_that_was_damaged_in_the_registry_is_refused() throws IOException {
    try (RegistryServer damaged = RegistryServer.plain();
        Pulls pulls = Pulls.trusting(damaged.name())) {
      RegistryImage image = pulls.open(damaged.push(layout, "odd:1"));
      Path blob = damaged.blob(image.layers().get(0).digest().hex());
      byte[] bytes = Files.readAllBytes(blob);
      bytes[bytes.length / 2]++;
      Files.write(blob, bytes);
      assertThatThrownBy(() -> Pulls.fetch(image)).isInstanceOf(MalformedImageException.class);
    }
  }

  @Test
  void a_password_is_asked_for() throws IOException {
    try (Pulls pulls = Pulls.trusting(closed.name())) {
      String image = closed.name() + "/odd:1";
      assertWhole(pulls.open(image, RIGHT));
      assertThatThrownBy(() -> pulls.open(image, WRONG))
          .isInstanceOf(RegistryAccessDeniedException.class)
          .hasMessageContaining("refuses the image " + image + " to these credentials")
          .hasMessageNotContaining("guess");
      assertThatThrownBy(() -> pulls.open(image))
          .isInstanceOf(RegistryAccessDeniedException.class)
          .hasMessageContaining("needs credentials");
      assertThatThrownBy(() -> pulls.open(closed.name() + "/odd:2", RIGHT))
          .isInstanceOf(ImageNotFoundException.class);
    }
  }

  @Test
  void tokens_are_fetched() throws IOException {
    try (TokenServer tokens = TokenServer.start(tls, "user", "pass:word");
        RegistryServer registry = RegistryServer.withTokens(tokens);
        Pulls pulls = Pulls.trusting(registry.name(), tokens.name())) {
      registry.push(layout, "open:1", PUSHER);
      String image = registry.push(layout, "private/odd:1", PUSHER);
      tokens.requests().clear();
      assertWhole(pulls.open(registry.name() + "/open:1"));
      assertThat(tokens.requests()).hasSize(1).noneMatch(query -> query.startsWith("named"));
      assertWhole(pulls.open(image, RIGHT));
      assertThat(tokens.requests()).hasSize(2).last().asString().startsWith("named");
      assertThatThrownBy(() -> pulls.open(image))
          .isInstanceOf(RegistryAccessDeniedException.class)
          .hasMessageContaining("needs credentials");
      assertThatThrownBy(() -> pulls.open(image, WRONG))
          .isInstanceOf(RegistryAccessDeniedException.class)
          .hasMessageContaining("to these credentials");
      assertThatThrownBy(() -> pulls.open(registry.name() + "/private/odd:2", RIGHT))
          .isInstanceOf(ImageNotFoundException.class);
    }
  }

  @Test
  void a_token_that_has_expired_is_replaced() throws IOException {
    try (TokenServer tokens = TokenServer.start(tls, "user", "pass:word");
        RegistryServer registry = RegistryServer.withTokens(tokens);
        Pulls pulls = Pulls.trusting(registry.name(), tokens.name())) {
      String name = registry.push(layout, "open:1", PUSHER);
      tokens.requests().clear();
      tokens.setLife(-3600);
      // A registry that rejects even a fresh token is not retried without limit.
      assertThatThrownBy(() -> pulls.open(name)).isInstanceOf(RegistryAccessDeniedException.class);
      assertThat(tokens.requests()).hasSize(1);
      tokens.setLife(300);
      assertWhole(pulls.open(name));
    }
  }

  @Test
  void a_certificate_is_checked_by_the_name_that_was_asked_for() throws IOException {
    NameLookup loopback = host -> List.of(InetAddress.getLoopbackAddress());
    try (RegistryServer registry = RegistryServer.withTls(tls)) {
      registry.push(layout, "odd:1");
      String port = ":" + registry.port() + "/odd:1";
      AddressGuard everywhere = new AddressGuard(Set.of(), true, loopback);
      try (Pulls pulls = Pulls.with(everywhere)) {
        assertUntrusted(pulls, "registry.test" + port);
      }
      try (Pulls pulls = Pulls.with(everywhere, Optional.of(tls.certificate()))) {
        assertWhole(pulls.open("registry.test" + port));
        assertWhole(pulls.open("127.0.0.1" + port));
        assertUntrusted(pulls, "other.test" + port);
      }
      String other = "other.test:" + registry.port();
      try (Pulls pulls = Pulls.with(new AddressGuard(Set.of(other), false, loopback))) {
        assertWhole(pulls.open("other.test" + port));
      }
    }
  }

  private static void assertUntrusted(Pulls pulls, String image) {
    assertThatThrownBy(() -> pulls.open(image))
        .isInstanceOf(SourceUnreachableException.class)
        .hasMessageContaining("its certificate is not one that this hub trusts");
  }

  @Test
  void layers_come_from_where_the_registry_leads_to_and_credentials_do_not_go_there()
      throws IOException {
    try (StandIn elsewhere = StandIn.plain();
        RegistryServer leading = closed.redirectingTo("http://" + elsewhere.name());
        Pulls pulls = Pulls.trusting(leading.name(), elsewhere.name());
        Pulls strict = Pulls.trusting(leading.name())) {
      elsewhere.otherwise(
          exchange -> {
            String path = exchange.getRequestURI().getPath();
            String hex = path.replaceAll(".*/([0-9a-f]{64})/data", "$1");
            StandIn.content(Files.readAllBytes(closed.blob(hex))).give(exchange);
          });
      assertThatThrownBy(() -> strict.open(leading.name() + "/odd:1", RIGHT))
          .hasMessageContaining(elsewhere.name() + " would be asked without TLS");
      assertThat(elsewhere.requests("/")).isEmpty();
      assertWhole(pulls.open(leading.name() + "/odd:1", RIGHT));
      assertThat(elsewhere.requests("/"))
          .hasSizeGreaterThan(3)
          .allMatch(request -> request.authorization().isEmpty());
    }
  }

  private static void assertWhole(RegistryImage image) throws IOException {
    assertThat(new String(image.config(), UTF_8)).contains("\"architecture\":\"amd64\"");
    assertThat(image.layers()).hasSize(4);
    for (LayerDescriptor layer : image.layers()) {
      try (InputStream in = image.layer(layer)) {
        byte[] all = in.readAllBytes();
        assertThat(all).hasSize((int) layer.size());
        assertThat(Digest.of(all)).isEqualTo(layer.digest());
      }
    }
  }
}
