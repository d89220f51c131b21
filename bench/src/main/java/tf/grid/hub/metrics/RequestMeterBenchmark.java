package tf.grid.hub.metrics;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tf.grid.hub.metrics.RequestMeter.Kind;

/**
 * All that is measured of one request: its kind, the clock twice, two counters and a histogram. In
 * the package of the meter, which shows it to nobody else.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class RequestMeterBenchmark {
  private static final int OK = 200;

  /** A listing, and a page, whose kind takes the most comparisons. */
  @Param({"/api/flist", "/alice/app.flist.info"})
  public String path;

  private final RequestMeter meter = new RequestMeter(new HubMetrics(), System::nanoTime);

  /** From the beginning to the end. */
  @Benchmark
  public void request() {
    Kind kind = Kind.of(path);
    long begun = meter.begin();
    meter.end(kind, OK, begun);
  }
}
