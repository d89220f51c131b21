package tf.grid.hub.wiring.property;

import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The operator's configuration file, with a lower priority than system properties and the
 * environment. The server finds it through the service loader. Immutable.
 */
public final class FileConfigSource implements ConfigSource {

  /** Below the environment (300), above files in archives (100). */
  private static final int ORDINAL = 200;

  private final Map<String, String> values;

  /** Reads the file of this process. */
  public FileConfigSource() {
    this(readable(ConfigurationFile.ofProcess()));
  }

  public FileConfigSource(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /**
   * The server would ignore an exception here; the startup of the hub reads the file again and
   * stops.
   */
  private static Map<String, String> readable(ConfigurationFile file) {
    try {
      return file.read();
    } catch (SettingException e) {
      return Map.of();
    }
  }

  @Override
  public Map<String, String> getProperties() {
    return values;
  }

  @Override
  public Set<String> getPropertyNames() {
    return values.keySet();
  }

  @Override
  public String getValue(String property) {
    return values.get(property);
  }

  @Override
  public int getOrdinal() {
    return ORDINAL;
  }

  @Override
  public String getName() {
    return "hub.properties";
  }
}
