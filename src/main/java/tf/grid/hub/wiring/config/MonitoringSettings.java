package tf.grid.hub.wiring.config;

import java.util.Optional;
import tf.grid.hub.wiring.property.Secret;
import tf.grid.hub.wiring.property.Settings;

/**
 * Settings of health checks, metrics and the log.
 *
 * @param freeBytes free space of every disk below which the hub is not ready
 * @param metricsToken lets other machines read the metrics
 * @param logStyle the format of the log of {@code hub.jar}
 */
public record MonitoringSettings(long freeBytes, Optional<Secret> metricsToken, LogStyle logStyle) {

  /** Formats of the log. */
  public enum LogStyle {
    TEXT,
    JSON
  }

  private static final long GIB = 1L << 30;

  static MonitoringSettings from(Settings settings) {
    return new MonitoringSettings(
        settings.bytes("hub.health.free-bytes", GIB),
        settings.secret("hub.metrics.token"),
        settings.choice("hub.log.format", LogStyle.class, LogStyle.TEXT));
  }
}
