package tf.grid.hub.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import tf.grid.hub.Await;
import tf.grid.hub.health.HealthMonitor.CheckResult;

class HealthMonitorTest {
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void a_check_that_fails_is_down_with_the_complaint_and_not_the_cause() {
    HealthCheck failing =
        new HealthCheck(
            "store",
            "it is broken",
            () -> {
              throw new IOException("/secret/path");
            });
    try (HealthMonitor monitor = HealthMonitor.of(List.of(failing), nanos::get)) {
      Await.until("the check has run", monitor::isStarted);
      assertThat(monitor.results().get(0).complaint()).contains("it is broken");
    }
  }

  @Test
  void a_check_that_blocks_is_down_after_the_limit_and_does_not_delay_others() {
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    HealthCheck blocking =
        new HealthCheck(
            "store",
            "it is broken",
            () -> {
              begun.countDown();
              end.await();
            });
    HealthCheck good = new HealthCheck("disk", "it is full", () -> {});
    try (HealthMonitor monitor = HealthMonitor.of(List.of(blocking, good), nanos::get)) {
      Await.open("the check runs", begun);
      Await.until("the other check has run", () -> monitor.results().get(1).isUp());
      assertThat(monitor.isStarted()).isFalse();
      nanos.set(HealthMonitor.LIMIT.toNanos());
      assertThat(monitor.results().get(0).complaint()).contains("store does not answer");
      end.countDown();
      Await.until("both are up", () -> monitor.results().stream().allMatch(CheckResult::isUp));
    }
  }
}
