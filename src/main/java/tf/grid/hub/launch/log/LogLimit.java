package tf.grid.hub.launch.log;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Keeps clients from filling the log. Warnings of one kind are written ten in a row and then once a
 * second, with the number of those left out; a kind is a logger and the beginning of a message.
 * Traces of the server about clients that disconnected are not written, unless their logger is set
 * to {@code FINE}. Used by {@code logging.properties}. Thread-safe.
 */
public final class LogLimit implements Filter {
  private static final int IN_A_ROW = 10;
  private static final long PAUSE = Duration.ofSeconds(1).toNanos();
  private static final int BEGINNING = 32;

  /** More kinds than these are not told apart, to bound the memory. */
  private static final int MOST_KINDS = 1000;

  private static final Set<String> DISCONNECTED =
      Set.of(
          "Broken pipe",
          "Connection reset",
          "Connection reset by peer",
          "Connection closed",
          "Connection is closed");

  private final Map<String, Kind> kinds = new ConcurrentHashMap<>();
  private final LongSupplier nanos;

  /** Called by the logging framework. */
  public LogLimit() {
    this(System::nanoTime);
  }

  /**
   * Measures time with a clock.
   *
   * @param nanos in nanoseconds since an arbitrary origin
   */
  LogLimit(LongSupplier nanos) {
    this.nanos = nanos;
  }

  @Override
  public boolean isLoggable(LogRecord logged) {
    if (logged.getLevel().intValue() < Level.WARNING.intValue()) {
      return true;
    }
    if (isOfServer(logged) && isDisconnect(logged.getThrown())) {
      return Logger.getLogger(logged.getLoggerName()).isLoggable(Level.FINE);
    }
    String kind = kind(logged);
    return kinds
        .computeIfAbsent(kinds.size() < MOST_KINDS ? kind : "", name -> new Kind(nanos.getAsLong()))
        .admit(logged, nanos.getAsLong());
  }

  private static String kind(LogRecord logged) {
    String text = String.valueOf(logged.getMessage());
    return logged.getLoggerName() + ' ' + text.substring(0, Math.min(BEGINNING, text.length()));
  }

  private static boolean isOfServer(LogRecord logged) {
    String name = String.valueOf(logged.getLoggerName());
    return name.startsWith("jakarta.enterprise") || name.startsWith("org.glassfish");
  }

  private static boolean isDisconnect(Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      if (each instanceof IOException && DISCONNECTED.contains(String.valueOf(each.getMessage()))) {
        return true;
      }
    }
    return false;
  }

  /** How often messages of a kind were written lately. */
  private static final class Kind {
    private int left = IN_A_ROW;
    private int omitted;
    private long since;

    Kind(long now) {
      this.since = now;
    }

    synchronized boolean admit(LogRecord logged, long now) {
      long earned = (now - since) / PAUSE;
      if (earned > 0) {
        left = (int) Math.min(IN_A_ROW, left + earned);
        since += earned * PAUSE;
      }
      if (left == 0) {
        omitted++;
        return false;
      }
      left--;
      if (omitted > 0) {
        logged.setMessage(logged.getMessage() + " (and " + omitted + " like this before)");
        omitted = 0;
      }
      return true;
    }
  }
}
