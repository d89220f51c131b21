package tf.grid.hub.wiring.config;

import tf.grid.hub.wiring.property.SettingException;
import tf.grid.hub.wiring.property.Settings;

/**
 * Settings of the audit log.
 *
 * @param fileBytes size in bytes at which a file is rotated
 * @param oldFiles number of rotated files that are kept
 * @param behindProxy whether client addresses come from the header of a proxy
 */
public record AuditSettings(long fileBytes, int oldFiles, boolean behindProxy) {

  private static final long MIB = 1L << 20;
  private static final long SMALLEST_FILE = 4096;

  static AuditSettings from(Settings settings) {
    return new AuditSettings(
        fileBytes(settings),
        (int) settings.count("hub.audit.old-files", 10, 0, 1_000),
        settings.flag("hub.http.behind-proxy", false));
  }

  private static long fileBytes(Settings settings) {
    String property = "hub.audit.file-bytes";
    long bytes = settings.bytes(property, 10 * MIB);
    if (bytes < SMALLEST_FILE) {
      throw SettingException.of(property, bytes, "a size of at least 4 KiB, such as 10 MiB");
    }
    return bytes;
  }
}
