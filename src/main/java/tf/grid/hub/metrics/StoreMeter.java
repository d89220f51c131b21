package tf.grid.hub.metrics;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.store.ChunkStore;

/**
 * Measures the calls to a chunk store. A dynamic proxy, so that the result implements every
 * interface of the store, which differ from store to store. Thread-safe.
 */
public final class StoreMeter implements InvocationHandler {

  private static final double NANOS = 1e9;
  private static final Set<String> MEASURED = Set.of("get", "put", "missing", "lacking");

  private final ChunkStore store;
  private final Ticker ticker;
  private final Map<String, DistributionDataPoint> durations;
  private final Map<String, CounterDataPoint> failures;

  private StoreMeter(ChunkStore store, HubMetrics metrics, Ticker ticker) {
    this.store = store;
    this.ticker = ticker;
    Histogram duration =
        Histogram.builder()
            .name("hub_store_duration_seconds")
            .help("Duration of calls to the chunk store, including retries.")
            .labelNames("operation")
            .classicOnly()
            .classicUpperBounds(0.0001, 0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10)
            .register(metrics.registry());
    Counter failed =
        Counter.builder()
            .name("hub_store_failures")
            .help("Calls to the chunk store that failed.")
            .labelNames("operation")
            .register(metrics.registry());
    this.durations =
        MEASURED.stream().collect(Collectors.toMap(Function.identity(), duration::labelValues));
    this.failures =
        MEASURED.stream().collect(Collectors.toMap(Function.identity(), failed::labelValues));
  }

  /** Wraps a store. */
  public static ChunkStore of(ChunkStore store, HubMetrics metrics, Ticker ticker) {
    return (ChunkStore)
        Proxy.newProxyInstance(
            store.getClass().getClassLoader(),
            interfaces(store.getClass()).toArray(Class<?>[]::new),
            new StoreMeter(store, metrics, ticker));
  }

  private static Set<Class<?>> interfaces(Class<?> type) {
    Set<Class<?>> all = new LinkedHashSet<>();
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      Stream.of(at.getInterfaces()).forEach(all::add);
    }
    return all;
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    DistributionDataPoint duration = durations.get(method.getName());
    long begun = ticker.nanos();
    try {
      return method.invoke(store, arguments);
    } catch (InvocationTargetException e) {
      if (duration != null) {
        failures.get(method.getName()).inc();
      }
      throw e.getCause();
    } finally {
      if (duration != null) {
        duration.observe((ticker.nanos() - begun) / NANOS);
      }
    }
  }
}
