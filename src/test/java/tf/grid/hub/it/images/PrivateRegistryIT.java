package tf.grid.hub.it.images;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.RunningHub;
import tf.grid.hub.client.Uploader;
import tf.grid.hub.client.Uploader.Form;
import tf.grid.hub.image.bench.OddImage;
import tf.grid.hub.image.bench.RegistryServer;
import tf.grid.hub.image.bench.TlsFiles;

/**
 * A hub that may ask registries inside, by TLS only, and believes an authority of its operator; a
 * registry there that wants a password.
 */
@NeedsPrograms({"docker-registry", "skopeo", "busybox", "openssl"})
class PrivateRegistryIT {
  private static final String USER = "keeper";
  private static final String PASSWORD = "not-to-be-found-again";

  @TempDir static Path directory;
  private static RegistryServer registry;
  private static RegistryServer untrusted;
  private static RegistryServer plain;
  private static RunningHub hub;
  private static Uploader client;

  @BeforeAll
  static void start() throws IOException {
    TlsFiles tls = TlsFiles.in(Files.createDirectory(directory.resolve("known")));
    String layout = OddImage.in(directory.resolve("odd"));
    registry = RegistryServer.withTlsAndPassword(tls, USER, PASSWORD);
    registry.push(layout, "odd:1", "--dest-creds=" + USER + ":" + PASSWORD);
    untrusted =
        RegistryServer.withTls(TlsFiles.in(Files.createDirectory(directory.resolve("unknown"))));
    plain = RegistryServer.plain();
    plain.push(layout, "odd:1");
    hub =
        RunningHub.start(
            Map.of(
                "HUB_IMAGE_SOURCE",
                "registry",
                "HUB_IMAGE_CA_FILE",
                tls.certificate().toString(),
                "HUB_IMAGE_ALLOW_PRIVATE_ADDRESSES",
                "true"));
    client = new Uploader(hub.uri("/"));
  }

  @AfterAll
  static void stop() throws IOException {
    hub.close();
    plain.close();
    untrusted.close();
    registry.close();
  }

  @Test
  void credentials_open_a_registry_and_are_found_nowhere_afterwards() throws IOException {
    HttpResponse<String> made = convert(registry, PASSWORD);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    assertThat(client.get("/api/flist/Administrator/private/metadata").body())
        .contains(registry.name())
        .doesNotContain(USER, PASSWORD);
    assertThat(hub.log()).doesNotContain(USER, PASSWORD);
    assertNotInAnyFile(PASSWORD);
    assertNotInAnyFile(USER);
  }

  @Test
  void wrong_credentials_are_said_to_be_wrong_though_the_layers_are_known() throws IOException {
    assertThat(convert(registry, PASSWORD).statusCode()).isEqualTo(200);
    assertRefused(convert(registry, "guessed"), "refuses", "to these credentials");
    assertRefused(
        client.post("/api/flist/me/docker", new Form().field("image", registry.name() + "/odd:1")),
        "needs credentials");
    assertThat(hub.log()).doesNotContain("guessed");
  }

  @Test
  void no_password_is_told_without_encryption_or_to_who_is_not_who_they_say() throws IOException {
    assertRefused(convert(plain, PASSWORD), "speaks no TLS, or its certificate is not one");
    assertRefused(convert(untrusted, PASSWORD), "speaks no TLS, or its certificate is not one");
  }

  private static HttpResponse<String> convert(RegistryServer from, String password)
      throws IOException {
    return client.post(
        "/api/flist/me/docker",
        new Form()
            .field("image", from.name() + "/odd:1")
            .field("name", "private")
            .field("username", USER)
            .field("password", password));
  }

  private static void assertRefused(HttpResponse<String> answer, String... parts) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(500);
    String message =
        Json.createReader(new StringReader(answer.body())).readObject().getString("message");
    assertThat(message).startsWith("could not pull this image: ").contains(parts);
  }

  private static void assertNotInAnyFile(String secret) throws IOException {
    try (Stream<Path> files = Files.walk(hub.dataDirectory())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(content(file)).as("%s", file).doesNotContain(secret);
      }
    }
  }

  private static String content(Path file) throws IOException {
    try {
      return Files.readString(file, ISO_8859_1);
    } catch (NoSuchFileException e) {
      return ""; // of the index of paths, which has just replaced it
    }
  }
}
