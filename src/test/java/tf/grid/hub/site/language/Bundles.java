package tf.grid.hub.site.language;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The texts of the website, for tests of what formats them. */
public final class Bundles {
  private static final Path DIRECTORY = Path.of("src", "main", "resources");

  private Bundles() {}

  /** All languages, from which visitors choose. */
  public static Languages all() {
    return new Languages(files(), Optional.empty());
  }

  /** One language. */
  public static Language language(String tag) {
    return all().chosen(tag).orElseThrow();
  }

  /** All languages of a hub that shows one of them. */
  static Languages only(Locale locale) {
    return new Languages(files(), Optional.of(locale));
  }

  /** The files by name. */
  static Map<String, String> files() {
    Map<String, String> files = new HashMap<>();
    try (Stream<Path> all = Files.list(DIRECTORY)) {
      for (Path file : all.toList()) {
        if (file.getFileName().toString().startsWith("messages")) {
          files.put(file.getFileName().toString(), Files.readString(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }
}
