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
 * The operator's properties file.
 *
 * @param path the path of the file
 * @param named whether the operator named the file; the default one may be missing
 */
public record ConfigurationFile(Path path, boolean named) {

  /** The property that names the file. */
  public static final String PROPERTY = "hub.config-file";

  private static final String VARIABLE = "HUB_CONFIG_FILE";
  private static final Path DEFAULT = Path.of("config", "hub.properties");

  /** The configuration file of this process. */
  public static ConfigurationFile ofProcess() {
    return Optional.ofNullable(System.getProperty(PROPERTY))
        .or(() -> Optional.ofNullable(System.getenv(VARIABLE)))
        .filter(name -> !name.isBlank())
        .map(name -> new ConfigurationFile(Path.of(name.strip()), true))
        .orElse(new ConfigurationFile(DEFAULT, false));
  }

  /**
   * Reads the properties; none if the default file does not exist.
   *
   * @throws SettingException if the file cannot be read or is not a properties file
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
