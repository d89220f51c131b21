package tf.grid.hub.wiring.config.limit;

import jakarta.enterprise.concurrent.CronTrigger;
import java.time.Duration;
import java.util.Optional;
import tf.grid.hub.wiring.property.Settings;

/**
 * Settings of the collection of unused chunks.
 *
 * @param grace how long a chunk is kept after its last use
 * @param schedule when collections start; empty if only on request
 * @param rewritePercent packs with a larger percentage of deleted bytes are rewritten
 * @param bytesPerSecond rate of rewriting
 * @param scrub when checks of all content start; empty if only on request
 * @param scrubBytesPerSecond rate of reading stored chunks
 */
public record CollectionSettings(
    Duration grace,
    Optional<CronTrigger> schedule,
    int rewritePercent,
    long bytesPerSecond,
    Optional<CronTrigger> scrub,
    long scrubBytesPerSecond) {

  private static final long MIB = 1L << 20;

  public static CollectionSettings from(Settings settings) {
    return new CollectionSettings(
        settings.duration(
            "hub.gc.grace", Duration.ofDays(1), Duration.ofSeconds(1), Duration.ofDays(3650)),
        settings.schedule("hub.gc.schedule"),
        (int) settings.count("hub.gc.rewrite-percent", 20, 1, 99),
        settings.bytes("hub.gc.bytes-per-second", 50 * MIB),
        settings.schedule("hub.scrub.schedule"),
        settings.bytes("hub.scrub.bytes-per-second", 50 * MIB));
  }
}
