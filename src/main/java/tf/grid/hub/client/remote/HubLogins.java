package tf.grid.hub.client.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The hubs that the user is signed in to, with their tokens, in a file that only the user can read.
 * Not thread-safe.
 */
public final class HubLogins {
  private final Path file;
  private final Map<URI, String> tokens = new LinkedHashMap<>();
  private Optional<URI> current = Optional.empty();

  private HubLogins(Path file) {
    this.file = file;
  }

  /**
   * Reads the file.
   *
   * @param directory for configuration; created when something is saved
   */
  public static HubLogins in(Path directory) throws IOException {
    HubLogins logins = new HubLogins(directory.resolve("hubs.json"));
    if (Files.exists(logins.file)) {
      try (JsonReader reader = Json.createReader(Files.newInputStream(logins.file))) {
        JsonObject json = reader.readObject();
        json.getJsonObject("hubs")
            .forEach(
                (hub, entry) ->
                    logins.tokens.put(URI.create(hub), entry.asJsonObject().getString("token")));
        logins.current = Optional.ofNullable(json.getString("current", null)).map(URI::create);
      } catch (JsonException | NullPointerException | ClassCastException e) {
        throw new IOException(logins.file + " is damaged: delete it and log in again", e);
      }
    }
    return logins;
  }

  /** The hub that was signed in to last. */
  public Optional<URI> current() {
    return current;
  }

  /** The token for a hub; empty for a hub without authentication. */
  public Optional<String> token(URI hub) {
    return Optional.ofNullable(tokens.get(hub)).filter(token -> !token.isEmpty());
  }

  /** All hubs. */
  public Iterable<URI> hubs() {
    return tokens.keySet();
  }

  /** Adds a hub and makes it the current one. */
  public void add(URI hub, String token) throws IOException {
    tokens.put(hub, token);
    current = Optional.of(hub);
    save();
  }

  /** Removes a hub; returns whether it was there. */
  public boolean remove(URI hub) throws IOException {
    boolean known = tokens.remove(hub) != null;
    if (current.filter(hub::equals).isPresent()) {
      current = tokens.keySet().stream().findFirst();
    }
    save();
    return known;
  }

  private void save() throws IOException {
    JsonObjectBuilder hubs = Json.createObjectBuilder();
    tokens.forEach(
        (hub, token) -> hubs.add(hub.toString(), Json.createObjectBuilder().add("token", token)));
    JsonObjectBuilder json = Json.createObjectBuilder();
    current.ifPresent(hub -> json.add("current", hub.toString()));
    json.add("hubs", hubs);
    Path directory = Files.createDirectories(file.getParent());
    Path fresh =
        Files.createTempFile(
            directory,
            ".hubs",
            ".json",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (OutputStream out = Files.newOutputStream(fresh)) {
      out.write((json.build() + "\n").getBytes(UTF_8));
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
