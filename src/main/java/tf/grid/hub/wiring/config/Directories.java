package tf.grid.hub.wiring.config;

import java.nio.file.Path;
import java.util.List;
import tf.grid.hub.wiring.property.Settings;

/**
 * Where the hub keeps things; absolute paths.
 *
 * @param data everything else by default, and the key that signs tokens
 * @param published contains {@code users}
 * @param links where symbolic links of the users directory may end, besides below {@code published}
 * @param work temporary files
 * @param store the embedded chunk store
 */
public record Directories(Path data, Path published, List<Path> links, Path work, Path store) {

  static Directories from(Settings settings) {
    Path data = settings.path("hub.data-dir", Path.of("data"));
    return new Directories(
        data,
        settings.path("hub.public-dir", data.resolve("public")),
        settings.list("hub.public-links").stream()
            .map(path -> Path.of(path).toAbsolutePath().normalize())
            .toList(),
        settings.path("hub.work-dir", data.resolve("work")),
        settings.path("hub.store-dir", data.resolve("store")));
  }
}
