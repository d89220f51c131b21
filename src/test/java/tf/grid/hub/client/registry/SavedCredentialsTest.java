package tf.grid.hub.client.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.image.Credentials;
import tf.grid.hub.image.reference.RegistryName;

class SavedCredentialsTest {
  private static final RegistryName REGISTRY = new RegistryName("registry.example:5000");

  @TempDir Path home;

  @Test
  void those_of_docker_are_found_by_host() throws IOException {
    save(home.resolve(".docker/config.json"), "registry.example:5000", "alice:a:b");
    save(home.resolve("other/config.json"), "https://index.docker.io/v1/", "bob:c");
    assertThat(saved(Map.of()).of(REGISTRY)).contains(new Credentials("alice", "a:b"));
    assertThat(saved(Map.of()).of(RegistryName.DOCKER_HUB)).isEmpty();
    Map<String, String> moved = Map.of("DOCKER_CONFIG", home.resolve("other").toString());
    assertThat(saved(moved).of(RegistryName.DOCKER_HUB)).contains(new Credentials("bob", "c"));
    assertThat(saved(moved).of(REGISTRY)).isEmpty();
  }

  @Test
  void those_of_podman_come_first() throws IOException {
    save(home.resolve(".docker/config.json"), "registry.example:5000", "alice:a");
    save(home.resolve(".config/containers/auth.json"), "registry.example:5000", "bob:b");
    assertThat(saved(Map.of()).of(REGISTRY)).contains(new Credentials("bob", "b"));
    save(home.resolve("run/containers/auth.json"), "registry.example:5000", "carol:c");
    Map<String, String> session = Map.of("XDG_RUNTIME_DIR", home.resolve("run").toString());
    assertThat(saved(session).of(REGISTRY)).contains(new Credentials("carol", "c"));
  }

  @Test
  void entries_without_a_password_are_no_credentials() throws IOException {
    Path file = home.resolve(".docker/config.json");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file, "{\"credsStore\":\"desktop\",\"auths\":{\"registry.example:5000\":{}}}");
    assertThat(saved(Map.of()).of(REGISTRY)).isEmpty();
    Files.writeString(file, "{}");
    assertThat(saved(Map.of()).of(REGISTRY)).isEmpty();
  }

  @Test
  void a_damaged_file_is_named() throws IOException {
    Path file = home.resolve(".docker/config.json");
    Files.createDirectories(file.getParent());
    for (String content :
        new String[] {"{", "[]", "{\"auths\":{\"registry.example:5000\":{\"auth\":\"!\"}}}"}) {
      Files.writeString(file, content);
      assertThatThrownBy(() -> saved(Map.of()).of(REGISTRY))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(file.toString());
    }
  }

  private SavedCredentials saved(Map<String, String> environment) {
    return new SavedCredentials(environment, home);
  }

  private static void save(Path file, String host, String credentials) throws IOException {
    String encoded =
        Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(host, encoded));
  }
}
