package tf.grid.hub.metrics;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import tf.grid.hub.limit.Ticker;

/** Counts and measures HTTP requests. Thread-safe. */
public final class RequestMeter {

  private static final double NANOS = 1e9;
  private static final int STATUSES = 600;

  private final Ticker ticker;
  private final Counter requests;
  private final Map<Kind, Points> points = new EnumMap<>(Kind.class);
  private final Counter received;
  private final LongAdder begun = new LongAdder();
  private final LongAdder ended = new LongAdder();

  /** What a request asks for. */
  enum Kind {
    /** REST API. */
    API,
    /** Flists, their digests and descriptions. */
    DOWNLOAD,
    /** Health and metrics. */
    MONITORING,
    /** Everything else. */
    PAGE;

    static Kind of(String path) {
      if (path.startsWith("/api/")) {
        return API;
      }
      if (path.endsWith(".flist") || path.endsWith(".flist.md5")) {
        return DOWNLOAD;
      }
      return path.startsWith("/health") || path.equals("/metrics") ? MONITORING : PAGE;
    }

    String label() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  public RequestMeter(HubMetrics metrics, Ticker ticker) {
    this.ticker = ticker;
    this.requests =
        Counter.builder()
            .name("hub_http_requests")
            .help("HTTP requests that have ended.")
            .labelNames("kind", "status")
            .register(metrics.registry());
    Histogram duration =
        Histogram.builder()
            .name("hub_http_duration_seconds")
            .help("Duration of HTTP requests from their first byte to the last of the response.")
            .labelNames("kind")
            .classicOnly()
            .classicUpperBounds(0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10, 60, 600)
            .register(metrics.registry());
    Counter broken =
        Counter.builder()
            .name("hub_http_aborted")
            .help("HTTP requests whose client disconnected before the end.")
            .labelNames("kind")
            .register(metrics.registry());
    this.received =
        Counter.builder()
            .name("hub_http_received_bytes")
            .help("Bytes received in bodies of HTTP requests.")
            .register(metrics.registry());
    for (Kind kind : Kind.values()) {
      points.put(
          kind,
          new Points(
              duration.labelValues(kind.label()),
              broken.labelValues(kind.label()),
              new AtomicReferenceArray<>(STATUSES)));
    }
    metrics.gauge(
        "hub_http_in_flight",
        "HTTP requests being processed.",
        () -> Math.max(0, begun.sum() - ended.sum()));
  }

  /**
   * Notes the beginning of a request.
   *
   * @return the time to pass to {@link #end}
   */
  long begin() {
    begun.increment();
    return ticker.nanos();
  }

  /** Notes the end of a request. */
  void end(Kind kind, int status, long since) {
    ended.increment();
    counter(kind, status).inc();
    points.get(kind).duration().observe((ticker.nanos() - since) / NANOS);
  }

  void abort(Kind kind) {
    points.get(kind).aborted().inc();
  }

  void receive(long bytes) {
    received.inc(bytes);
  }

  private CounterDataPoint counter(Kind kind, int status) {
    int code = status > 0 && status < STATUSES ? status : 0;
    AtomicReferenceArray<CounterDataPoint> counters = points.get(kind).byStatus();
    CounterDataPoint known = counters.get(code);
    if (known == null) {
      known = requests.labelValues(kind.label(), Integer.toString(code));
      counters.set(code, known);
    }
    return known;
  }

  /**
   * What is measured for a kind of request, because looking it up by labels is slow.
   *
   * @param byStatus the counter of each status that has occurred
   */
  private record Points(
      DistributionDataPoint duration,
      CounterDataPoint aborted,
      AtomicReferenceArray<CounterDataPoint> byStatus) {}
}
