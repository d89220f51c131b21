package tf.grid.hub.metrics;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import tf.grid.hub.limit.Ticker;

/** Counts and measures HTTP requests. Thread-safe. */
public final class RequestMeter {

  private static final double NANOS = 1e9;
  private static final int STATUSES = 600;

  private final Ticker ticker;
  private final Counter requests;
  private final DistributionDataPoint[] durations = new DistributionDataPoint[Kind.values().length];

  /** The counter of each kind and status that has occurred, because looking it up is slow. */
  private final AtomicReferenceArray<CounterDataPoint> counters =
      new AtomicReferenceArray<>(Kind.values().length * STATUSES);

  private final CounterDataPoint[] aborted = new CounterDataPoint[Kind.values().length];
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
      durations[kind.ordinal()] = duration.labelValues(kind.label());
      aborted[kind.ordinal()] = broken.labelValues(kind.label());
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
    durations[kind.ordinal()].observe((ticker.nanos() - since) / NANOS);
  }

  void abort(Kind kind) {
    aborted[kind.ordinal()].inc();
  }

  void receive(long bytes) {
    received.inc(bytes);
  }

  private CounterDataPoint counter(Kind kind, int status) {
    int code = status > 0 && status < STATUSES ? status : 0;
    int place = kind.ordinal() * STATUSES + code;
    CounterDataPoint known = counters.get(place);
    if (known == null) {
      known = requests.labelValues(kind.label(), Integer.toString(code));
      counters.set(place, known);
    }
    return known;
  }
}
