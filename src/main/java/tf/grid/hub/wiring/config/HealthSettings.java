package tf.grid.hub.wiring.config;

import tf.grid.hub.wiring.property.Settings;

/**
 * Settings of the health checks.
 *
 * @param freeBytes free space of every disk below which the hub is not ready
 */
public record HealthSettings(long freeBytes) {

  private static final long GIB = 1L << 30;

  static HealthSettings from(Settings settings) {
    return new HealthSettings(settings.bytes("hub.health.free-bytes", GIB));
  }
}
