package tf.grid.hub.wiring.property;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The operator's file of properties.
 *
 * @param path where it is
 * @param named whether the operator named it; the usual one may be missing
 */
public record ConfigurationFile(Path path, boolean named) {

  private static final String PROPERTY = "hub.config-file";
  private static final String VARIABLE = "HUB_CONFIG_FILE";
  private static final Path USUAL = Path.of("config", "hub.properties");

  /** The file of this process. */
  public static ConfigurationFile ofProcess() {
    return Optional.ofNullable(System.getProperty(PROPERTY))
        .or(() -> Optional.ofNullable(System.getenv(VARIABLE)))
        .filter(name -> !name.isBlank())
        .map(name -> new ConfigurationFile(Path.of(name.strip()), true))
        .orElse(new ConfigurationFile(USUAL, false));
  }

  /**
   * What is in it; nothing when the usual one does not exist.
   *
   * @throws SettingException when it cannot be read, or is no file of properties
   */
  public Map<String, String> read() {
    if (!named && !Files.exists(path)) {
      return Map.of();
    }
    Properties properties = new Properties();
    try (Reader text = Files.newBufferedReader(path)) {
      properties.load(text);
    } catch (IOException | IllegalArgumentException e) {
      throw SettingException.of(
          PROPERTY, path.toAbsolutePath(), "a readable file of properties in UTF-8");
    }
    Map<String, String> values = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
    return values;
  }
}
