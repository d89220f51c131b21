package tf.grid.hub.client.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tf.grid.hub.image.Credentials;
import tf.grid.hub.image.reference.RegistryName;

/**
 * The credentials that {@code docker login} and {@code podman login} have saved in files. Those in
 * the key store of a desktop are not found.
 */
public final class SavedCredentials {
  private static final String DOCKER_HUB = "https://index.docker.io/v1/";

  private final List<Path> files = new ArrayList<>();

  /**
   * Looks where the tools look.
   *
   * @param environment variables that name the files
   * @param home directory of the user
   */
  public SavedCredentials(Map<String, String> environment, Path home) {
    add(environment.get("REGISTRY_AUTH_FILE"), "");
    add(environment.get("XDG_RUNTIME_DIR"), "containers/auth.json");
    add(
        environment.getOrDefault("XDG_CONFIG_HOME", home.resolve(".config").toString()),
        "containers/auth.json");
    add(
        environment.getOrDefault("DOCKER_CONFIG", home.resolve(".docker").toString()),
        "config.json");
  }

  private void add(String base, String file) {
    if (base != null && !base.isEmpty()) {
      files.add(Path.of(base).resolve(file));
    }
  }

  /**
   * The credentials for a registry, of the first file that has some.
   *
   * @throws IOException if a file cannot be read
   */
  public Optional<Credentials> of(RegistryName registry) throws IOException {
    for (Path file : files) {
      if (Files.isRegularFile(file)) {
        Optional<Credentials> found = in(file, registry);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Credentials> in(Path file, RegistryName registry) throws IOException {
    try (JsonReader reader = Json.createReader(Files.newInputStream(file))) {
      if (!(reader.readObject().get("auths") instanceof JsonObject hosts)) {
        return Optional.empty();
      }
      for (String name : names(registry)) {
        if (hosts.get(name) instanceof JsonObject host
            && host.get("auth") instanceof JsonString encoded) {
          return decoded(encoded.getString());
        }
      }
      return Optional.empty();
    } catch (JsonException | IllegalArgumentException e) {
      throw new IOException("the saved credentials in " + file + " cannot be read", e);
    }
  }

  private static List<String> names(RegistryName registry) {
    String host = registry.value();
    return registry.isDockerHub()
        ? List.of(DOCKER_HUB, "docker.io", "index.docker.io")
        : List.of(host, "https://" + host, "https://" + host + "/v1/", "https://" + host + "/v2/");
  }

  private static Optional<Credentials> decoded(String encoded) {
    String text = new String(Base64.getDecoder().decode(encoded), UTF_8);
    int colon = text.indexOf(':');
    return colon < 1
        ? Optional.empty()
        : Optional.of(new Credentials(text.substring(0, colon), text.substring(colon + 1)));
  }
}
