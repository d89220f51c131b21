package tf.grid.hub.launch.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogLimitTest {
  private long now;
  private final LogLimit limit = new LogLimit(() -> now);

  @Test
  void a_warning_that_repeats_is_written_ten_times_and_then_once_a_second() {
    int written = 0;
    for (int i = 0; i < 1000; i++) {
      now += TimeUnit.MILLISECONDS.toNanos(10);
      written += limit.isLoggable(warning("it failed again")) ? 1 : 0;
    }

    assertThat(written).isEqualTo(19);
  }

  @Test
  void what_was_left_out_is_counted() {
    for (int i = 0; i < 15; i++) {
      limit.isLoggable(warning("it failed again"));
    }
    now += TimeUnit.SECONDS.toNanos(1);
    LogRecord next = warning("it failed again");

    assertThat(limit.isLoggable(next)).isTrue();
    assertThat(next.getMessage()).isEqualTo("it failed again (and 5 like this before)");
  }

  @Test
  void messages_of_the_connection_pool_are_one_kind_whatever_the_connection() {
    int written = 0;
    for (int i = 0; i < 1000; i++) {
      LogRecord broken =
          warning(
              "catalogue - Connection org.postgresql.jdbc.PgConnection@"
                  + Integer.toHexString(i)
                  + " marked as broken because of SQLSTATE(08006), ErrorCode(0)");
      broken.setLoggerName("com.zaxxer.hikari.pool.ProxyConnection");
      written += limit.isLoggable(broken) ? 1 : 0;
    }

    assertThat(written).isEqualTo(10);
  }

  @Test
  void other_kinds_and_information_are_not_affected() {
    for (int i = 0; i < 15; i++) {
      limit.isLoggable(warning("it failed again"));
      assertThat(limit.isLoggable(new LogRecord(Level.INFO, "a line"))).isTrue();
    }

    assertThat(limit.isLoggable(warning("something else"))).isTrue();
  }

  @Test
  void no_number_of_kinds_lets_everything_through() {
    int written = 0;
    for (int i = 0; i < 5000; i++) {
      written += limit.isLoggable(warning(i + " failed")) ? 1 : 0;
    }

    assertThat(written).isLessThan(1100);
  }

  @Test
  void clients_that_disconnect_leave_no_trace_of_the_server() {
    LogRecord gone = warning("Servlet.service() threw exception");
    gone.setLoggerName("jakarta.enterprise.web");
    gone.setThrown(new IllegalStateException(new IOException("Broken pipe")));
    LogRecord defect = warning("Servlet.service() threw exception");
    defect.setLoggerName("jakarta.enterprise.web");
    defect.setThrown(new IllegalStateException("a defect"));

    assertThat(limit.isLoggable(gone)).isFalse();
    assertThat(limit.isLoggable(defect)).isTrue();
  }

  private static LogRecord warning(String message) {
    LogRecord warning = new LogRecord(Level.WARNING, message);
    warning.setLoggerName("some.logger");
    return warning;
  }
}
