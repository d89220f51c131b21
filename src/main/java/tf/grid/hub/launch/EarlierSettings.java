package tf.grid.hub.launch;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;

/** Uses the configuration file of an earlier hub at the start, below all other sources. */
final class EarlierSettings {

  private static final String CONFIG_FILE = "hub.config-file";

  private EarlierSettings() {}

  /**
   * Sets system properties for the settings in a file; nothing if the file does not exist. What the
   * command line, the environment or {@code hub.properties} sets stays.
   *
   * @param log receives a line for each setting
   * @throws IOException if the file cannot be read
   */
  static void apply(Path file, Consumer<String> log) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    EarlierConfiguration earlier = EarlierConfiguration.read(file);
    earlier.report().forEach(line -> log.accept(file + " " + line));
    Properties current = currentFile();
    earlier
        .properties()
        .forEach(
            (property, value) -> {
              Optional<String> other = otherSource(property, current);
              if (other.isPresent()) {
                log.accept(file + ": " + property + " is overridden by " + other.get());
              } else {
                System.setProperty(property, value);
              }
            });
  }

  private static Optional<String> otherSource(String property, Properties current) {
    String variable = property.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    if (System.getProperty(property) != null) {
      return Optional.of("a system property");
    }
    if (System.getenv(variable) != null || System.getenv(variable + "_FILE") != null) {
      return Optional.of("the environment");
    }
    return current.containsKey(property) ? Optional.of("hub.properties") : Optional.empty();
  }

  /** The properties file of this hub; the application reports if it cannot be read. */
  private static Properties currentFile() {
    String name =
        System.getProperty(
            CONFIG_FILE,
            Optional.ofNullable(System.getenv("HUB_CONFIG_FILE")).orElse("config/hub.properties"));
    Properties properties = new Properties();
    try (Reader text = Files.newBufferedReader(Path.of(name))) {
      properties.load(text);
    } catch (IOException | IllegalArgumentException e) {
      properties.clear();
    }
    return properties;
  }
}
