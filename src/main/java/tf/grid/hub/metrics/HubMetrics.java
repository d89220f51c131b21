package tf.grid.hub.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * All metrics of a hub, in a registry of its own, so that several hubs can run on one server. Names
 * are those of Prometheus without the suffix {@code _total} of counters. Thread-safe.
 */
public final class HubMetrics {

  private static final System.Logger LOG = System.getLogger(HubMetrics.class.getName());
  private static final String VERSION = "version";

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

  /** Creates a registry with the metrics of the JVM and the process. */
  public HubMetrics() {
    JvmMetrics.builder().register(registry);
  }

  PrometheusRegistry registry() {
    return registry;
  }

  /** Adds a constant that tells the version of the hub. */
  public void version(String version) {
    Info info = Info.builder().name("hub").help("Version of the hub.").labelNames(VERSION).build();
    registry.register(info);
    info.setLabelValues(version);
  }

  /**
   * Adds a value that rises and falls.
   *
   * @param value called for each scrape; if it fails, the metric is missing from that scrape
   */
  public void gauge(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(scrape -> report(name, value, scrape::call))
        .register(registry);
  }

  /**
   * Adds values that rise and fall, distinguished by a label.
   *
   * @param values by the value of the label
   */
  public void gauges(String name, String help, String label, Map<String, DoubleSupplier> values) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames(label)
        .callback(
            scrape ->
                values.forEach(
                    (which, value) -> report(name, value, now -> scrape.call(now, which))))
        .register(registry);
  }

  /** Adds totals since the start, distinguished by a label. */
  public void counters(String name, String help, String label, Map<String, DoubleSupplier> values) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames(label)
        .callback(
            scrape ->
                values.forEach(
                    (which, value) -> report(name, value, now -> scrape.call(now, which))))
        .register(registry);
  }

  /** One metric that cannot be determined must not hide the others. */
  private static void report(
      String name, DoubleSupplier value, java.util.function.DoubleConsumer scrape) {
    try {
      scrape.accept(value.getAsDouble());
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "metric {0} is not available: {1}", name, e.toString());
    }
  }

  /** The media type of {@link #write}. */
  String contentType() {
    return writer.getContentType();
  }

  /** Writes the current values in the text format of Prometheus. */
  void write(OutputStream out) throws IOException {
    writer.write(out, registry.scrape(), EscapingScheme.DEFAULT);
  }
}
