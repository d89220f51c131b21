package tf.grid.hub.wiring;

import com.github.benmanes.caffeine.cache.stats.CacheStats;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import tf.grid.hub.backup.Snapshots;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.build.chunking.ChunkPipeline;
import tf.grid.hub.catalogue.contents.Contents;
import tf.grid.hub.catalogue.digest.Md5Cache;
import tf.grid.hub.catalogue.listing.Listings;
import tf.grid.hub.catalogue.listing.Snapshot;
import tf.grid.hub.gateway.Gateway;
import tf.grid.hub.health.HealthMonitor;
import tf.grid.hub.health.HealthMonitor.CheckResult;
import tf.grid.hub.image.layer.KnownLayers;
import tf.grid.hub.job.Jobs;
import tf.grid.hub.metrics.HubMetrics;
import tf.grid.hub.mirror.MirrorStatus;
import tf.grid.hub.mirror.copy.CopyCounters;
import tf.grid.hub.site.preview.FlistPreviews;
import tf.grid.hub.space.ContentChecks;
import tf.grid.hub.space.GarbageCollection;
import tf.grid.hub.space.ReportedJob;
import tf.grid.hub.space.RetentionRuns;
import tf.grid.hub.webhook.Webhooks;
import tf.grid.hub.wiring.config.HubConfiguration;

/**
 * Exports what services count themselves. Services do not know the metrics library; what they
 * cannot count is measured by wrappers in the room {@code metrics}.
 */
@SingletonBean
public class ExportedMetrics {

  private static final double MILLIS = 1000;

  private final HubMetrics metrics;

  @Inject
  public ExportedMetrics(HubMetrics metrics) {
    this.metrics = metrics;
  }

  @Inject
  void health(HealthMonitor health) {
    Map<String, DoubleSupplier> checks = new LinkedHashMap<>();
    for (CheckResult check : health.results()) {
      checks.put(
          check.name(),
          () ->
              health.results().stream()
                      .anyMatch(result -> result.name().equals(check.name()) && result.isUp())
                  ? 1
                  : 0);
    }
    metrics.gauges("hub_health", "1 if a check of /health/ready succeeds.", "check", checks);
  }

  @Inject
  void disks(HubConfiguration configuration) {
    Map<String, Path> disks = new LinkedHashMap<>(configuration.disks());
    metrics.gauges(
        "hub_disk_free_bytes",
        "Free space of the disk with a directory of the hub.",
        "directory",
        each(disks, disk -> disk.getUsableSpace()));
    metrics.gauges(
        "hub_disk_size_bytes",
        "Size of the disk with a directory of the hub.",
        "directory",
        each(disks, disk -> disk.getTotalSpace()));
  }

  private static Map<String, DoubleSupplier> each(Map<String, Path> disks, Measure measure) {
    Map<String, DoubleSupplier> values = new LinkedHashMap<>();
    disks.forEach(
        (name, path) ->
            values.put(
                name,
                () -> {
                  try {
                    return measure.of(Files.getFileStore(path));
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                }));
    return values;
  }

  @Inject
  void pipeline(ChunkPipeline pipeline) {
    metrics.counters(
        "hub_chunks",
        "Chunks of uploads and images: new ones were stored, known ones were in the store.",
        "state",
        Map.of("new", pipeline::newChunks, "known", pipeline::knownChunks));
    metrics.gauge(
        "hub_pipeline_queue",
        "Units of up to 64 blocks that wait for a worker of the chunk pipeline.",
        pipeline::queued);
    metrics.gauge(
        "hub_pipeline_free",
        "Free buffers of the chunk pipeline; with none, uploads wait.",
        pipeline::freeUnits);
  }

  @Inject
  void jobs(Jobs jobs) {
    metrics.gauges(
        "hub_jobs",
        "Jobs that wait or run.",
        "state",
        Map.of("waiting", jobs::waiting, "running", jobs::running));
  }

  @Inject
  void catalogue(Listings listings) {
    Supplier<Snapshot> catalogue = () -> listings.current().snapshot();
    metrics.gauge("hub_repositories", "Repositories.", () -> catalogue.get().repositories().size());
    metrics.gauge(
        "hub_flists",
        "Flists and links to flists.",
        () -> {
          Snapshot now = catalogue.get();
          return now.repositories().stream().mapToLong(now::flists).sum();
        });
  }

  @Inject
  void caches(Md5Cache md5s, Contents contents, FlistPreviews previews, KnownLayers layers) {
    Map<String, Supplier<CacheStats>> caches =
        Map.of("md5", md5s::stats, "contents", contents::stats, "previews", previews::stats);
    Map<String, DoubleSupplier> hits = new LinkedHashMap<>();
    Map<String, DoubleSupplier> misses = new LinkedHashMap<>();
    caches.forEach(
        (name, stats) -> {
          hits.put(name, () -> stats.get().hitCount());
          misses.put(name, () -> stats.get().missCount());
        });
    hits.put("layers", layers::hits);
    misses.put("layers", layers::misses);
    metrics.counters("hub_cache_hits", "Cached results that were used.", "cache", hits);
    metrics.counters("hub_cache_misses", "Results that were not cached.", "cache", misses);
  }

  @Inject
  void mirror(MirrorStatus status, CopyCounters copied) {
    metrics.gauge(
        "hub_mirror_lag_seconds",
        "Time since the hub was last equal to its source; 0 if it is no mirror.",
        () -> status.lag().toMillis() / MILLIS);
    metrics.gauge(
        "hub_mirror_comparison_seconds",
        "Duration of the last complete comparison with the source.",
        () -> status.took().toMillis() / MILLIS);
    metrics.gauge(
        "hub_mirror_problems",
        "Repositories with entries that cannot be copied from the source.",
        status::problemCount);
    metrics.counters(
        "hub_copied",
        "What was copied from other hubs.",
        "kind",
        Map.of("flists", copied::flists, "chunks", copied::chunks));
  }

  @Inject
  void webhooks(Webhooks webhooks) {
    metrics.counters(
        "hub_webhooks",
        "Events that receivers accepted, or that were given up.",
        "result",
        Map.of("delivered", webhooks::delivered, "given_up", webhooks::givenUp));
    metrics.gauge("hub_webhooks_waiting", "Events that wait for receivers.", webhooks::waiting);
    metrics.gauge(
        "hub_webhooks_delay_seconds",
        "Age of the oldest event that waits for a receiver.",
        () -> webhooks.delay().toMillis() / MILLIS);
  }

  @Inject
  void space(GarbageCollection collection, ContentChecks checks, RetentionRuns retention) {
    Map<String, ReportedJob> runs =
        Map.of("collection", collection, "check", checks, "retention", retention);
    metrics.gauges(
        "hub_space_run_timestamp_seconds",
        "When the last complete run of this work ended, in seconds since 1970; 0 before the first.",
        "work",
        eachRun(runs, run -> run.lastReport().map(ExportedMetrics::ended).orElse(0L)));
    metrics.gauges(
        "hub_space_run_failed",
        "1 if the last run of this work failed or was cancelled.",
        "work",
        eachRun(runs, run -> run.hasFailed() ? 1 : 0));
    metrics.gauges(
        "hub_collection_bytes",
        "Stored content at the last collection: of flists, of running work, or unused.",
        "use",
        Map.of(
            "flists", () -> bytes(collection, "live"),
            "work", () -> bytes(collection, "in-use"),
            "unused", () -> bytes(collection, "young")));
    metrics.gauges(
        "hub_check_chunks",
        "Chunks that the last check found to be missing or damaged.",
        "state",
        Map.of(
            "missing", () -> lastOf(checks, "missing"),
            "damaged", () -> lastOf(checks, "damaged")));
  }

  private static Map<String, DoubleSupplier> eachRun(
      Map<String, ReportedJob> runs, ToDoubleFunction<ReportedJob> value) {
    Map<String, DoubleSupplier> values = new LinkedHashMap<>();
    runs.forEach((work, run) -> values.put(work, () -> value.applyAsDouble(run)));
    return values;
  }

  private static long ended(JsonObject report) {
    return Instant.parse(report.getString("ended")).getEpochSecond();
  }

  private static double bytes(ReportedJob run, String part) {
    return run.lastReport()
        .map(report -> report.getJsonObject(part).getJsonNumber("bytes").doubleValue())
        .orElse(0.0);
  }

  private static double lastOf(ReportedJob run, String number) {
    return run.lastReport().map(report -> report.getJsonNumber(number).doubleValue()).orElse(0.0);
  }

  @Inject
  void snapshots(Snapshots snapshots) {
    metrics.gauge(
        "hub_snapshot_timestamp_seconds",
        "When the newest complete snapshot was begun, in seconds since 1970; 0 if there is none.",
        () -> begun(snapshots));
  }

  private static double begun(Snapshots snapshots) {
    try {
      return snapshots.newest().map(begun -> begun.toEpochMilli() / MILLIS).orElse(0.0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Inject
  void gateway(RunningGateway running) {
    metrics.gauge(
        "hub_gateway_connections",
        "Clients connected to the gateway.",
        () -> running.gateway().map(Gateway::clients).orElse(0));
    metrics.gauge(
        "hub_gateway_held_bytes",
        "Bytes of chunks held in memory for clients of the gateway.",
        () -> running.gateway().map(Gateway::bytesHeld).orElse(0L));
  }

  @FunctionalInterface
  private interface Measure {
    double of(FileStore disk) throws IOException;
  }
}
