package tf.grid.hub.wiring.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tf.grid.hub.wiring.config.HubConfiguration;
import tf.grid.hub.wiring.config.HubConfiguration.Directories;
import tf.grid.hub.wiring.property.SettingException;

/** Creates the configured directories before anything is written to them. */
final class WritableDirectories {

  private WritableDirectories() {}

  /**
   * Creates the directories that are missing.
   *
   * @throws SettingException if one of them cannot be created or written to
   */
  static void check(HubConfiguration hub) {
    Directories directories = hub.directories();
    check("hub.data-dir", directories.data());
    check("hub.work-dir", directories.work());
    if (!hub.store().isRemote()) {
      check("hub.store-dir", directories.store());
    }
    if (hub.publishes() && hub.catalogue().isDirectory()) {
      check("hub.public-dir", directories.published());
    }
  }

  static void check(String property, Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw unusable(property, directory);
    }
    if (!Files.isWritable(directory)) {
      throw unusable(property, directory);
    }
  }

  private static SettingException unusable(String property, Path directory) {
    return SettingException.of(
        property, directory, "a directory that the user of this process can create and write to");
  }
}
