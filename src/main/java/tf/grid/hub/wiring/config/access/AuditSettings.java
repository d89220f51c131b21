package tf.grid.hub.wiring.config.access;

import java.util.List;
import tf.grid.hub.http.proxy.TrustedProxies;
import tf.grid.hub.wiring.property.SettingException;
import tf.grid.hub.wiring.property.Settings;

/**
 * Settings of the audit log.
 *
 * @param fileBytes size in bytes at which a file is rotated
 * @param oldFiles number of rotated files that are kept
 * @param proxies the proxies that tell the addresses of clients
 */
public record AuditSettings(long fileBytes, int oldFiles, TrustedProxies proxies) {

  private static final long MIB = 1L << 20;
  private static final long SMALLEST_FILE = 4096;

  public static AuditSettings from(Settings settings) {
    return new AuditSettings(
        fileBytes(settings),
        (int) settings.count("hub.audit.old-files", 10, 0, 1_000),
        proxies(settings));
  }

  private static TrustedProxies proxies(Settings settings) {
    String property = "hub.http.trusted-proxies";
    List<String> texts = settings.list(property);
    try {
      return TrustedProxies.of(texts);
    } catch (IllegalArgumentException e) {
      throw SettingException.of(
          property, String.join(",", texts), "addresses or networks, such as 127.0.0.1,10.0.0.0/8");
    }
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
