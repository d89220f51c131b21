package tf.grid.hub.wiring.property;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Environment variables that name a file with the value of a property, as container engines provide
 * secrets: {@code HUB_STORE_PASSWORD_FILE} for {@code hub.store.password}. Immutable.
 *
 * @param environment the environment variables
 */
public record FileVariables(Map<String, String> environment) {

  /** The end of the names of these variables. */
  public static final String SUFFIX = "_FILE";

  private static final long MOST_BYTES = 1 << 20;

  public FileVariables {
    environment = Map.copyOf(environment);
  }

  /**
   * Reads the value of a property from its file; empty if no variable names one.
   *
   * @throws SettingException if the file cannot be read, or the property is also set directly in
   *     the environment
   */
  public Optional<String> value(String property) {
    String variable = property.replaceAll("[^a-zA-Z0-9]", "_").toUpperCase(Locale.ROOT);
    String name = variable + SUFFIX;
    String path = environment.getOrDefault(name, "");
    if (path.isBlank()) {
      return Optional.empty();
    }
    if (!environment.getOrDefault(variable, "").isBlank()) {
      throw SettingException.of(name, path, "absent, because " + variable + " is set too");
    }
    Path file = Path.of(path);
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw unreadable(name, path);
      }
      return Optional.of(Files.readString(file).strip());
    } catch (IOException e) {
      throw unreadable(name, path);
    }
  }

  private static SettingException unreadable(String name, String path) {
    return SettingException.of(
        name, path, "a file of at most 1 MiB of text that the user of this process can read");
  }
}
