package tf.grid.hub.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The contract, with jobs in memory. */
class MemoryJobsTest extends JobsContract {

  @Override
  protected JobLedger open() {
    return new MemoryJobs(LIMITS);
  }

  @Override
  protected void pass(Duration time) {
    clock.pass(time);
  }

  @Test
  void a_hub_that_stops_ends_jobs_that_wait_for_their_work() {
    Job waiting = jobs.open(ALICE, "archive");

    jobs.close();

    assertThat(waiting.latest().event().json().getString("message")).contains("the hub stops");
  }
}
