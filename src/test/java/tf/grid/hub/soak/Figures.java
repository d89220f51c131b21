package tf.grid.hub.soak;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** How often operations had which outcome, and how long the successful ones took. Thread-safe. */
final class Figures {
  private final Map<String, Map<String, Integer>> outcomes = new TreeMap<>();
  private final Map<String, Times> times = new TreeMap<>();

  /** Successful durations in milliseconds, in the order in which they came. */
  private static final class Times {
    private int[] millis = new int[1024];
    private int count;

    void add(long nanos) {
      if (count == millis.length) {
        millis = Arrays.copyOf(millis, 2 * count);
      }
      millis[count++] = (int) (nanos / 1_000_000);
    }

    int[] sorted() {
      int[] sorted = Arrays.copyOf(millis, count);
      Arrays.sort(sorted);
      return sorted;
    }
  }

  synchronized void succeeded(String operation, long nanos) {
    count(operation, "ok");
    times.computeIfAbsent(operation, name -> new Times()).add(nanos);
  }

  /** Counts an event without a duration, or an operation that was refused or cut off. */
  synchronized void count(String operation, String outcome) {
    outcomes.computeIfAbsent(operation, name -> new TreeMap<>()).merge(outcome, 1, Integer::sum);
  }

  /** A line for each operation: percentiles in milliseconds, and outcomes. */
  @Override
  public synchronized String toString() {
    StringBuilder text = new StringBuilder();
    outcomes.forEach(
        (operation, counts) -> {
          int[] sorted = times.getOrDefault(operation, new Times()).sorted();
          text.append(
              sorted.length == 0
                  ? "%-14s %27s  %s%n".formatted(operation, "", counts)
                  : "%-14s p50 %6d  p99 %6d ms  %s%n"
                      .formatted(operation, at(sorted, 50), at(sorted, 99), counts));
        });
    return text.toString();
  }

  private static int at(int[] sorted, int percent) {
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
  }
}
