package tf.grid.hub.catalogue.postgresql.job;

import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tf.grid.hub.job.Job;
import tf.grid.hub.job.JobEvent;
import tf.grid.hub.job.JobId;
import tf.grid.hub.limit.Ticker;

/**
 * Heartbeats of the hubs that run jobs. A heartbeat is a changed time in the row of a job. Each hub
 * measures by its own ticker for how long the times of others have not changed, so that clocks do
 * not matter. For one thread.
 */
final class Heartbeats {

  private static final System.Logger LOG = System.getLogger(Heartbeats.class.getName());

  /** Without a heartbeat for so long, the hub that runs a job has stopped. */
  private static final Duration SILENCE = Duration.ofSeconds(20);

  private static final Duration INTERVAL = SILENCE.dividedBy(8);

  /** A hub that was stopped itself for so long begins to measure again. */
  private static final Duration UNWATCHED = SILENCE.dividedBy(2);

  private static final JobEvent STOPPED =
      new JobEvent.Failed("the hub that ran this job stopped: start it again");

  private final UUID runner;
  private final Ticker ticker;
  private Map<JobId, Seen> seen = new HashMap<>();
  private long exchanged;

  /**
   * The latest heartbeat for a job.
   *
   * @param time by the clock of the database; only compared with others
   * @param noticed when this hub saw it for the first time; a time of the ticker
   */
  private record Seen(OffsetDateTime time, long noticed) {}

  /**
   * Creates an instance that has seen nothing.
   *
   * @param runner for which to send heartbeats
   */
  Heartbeats(UUID runner, Ticker ticker) {
    this.runner = runner;
    this.ticker = ticker;
    this.exchanged = ticker.nanos() - SILENCE.toNanos();
  }

  /** Begins to measure again: other hubs may not have been able to send heartbeats either. */
  void forget() {
    seen = new HashMap<>();
  }

  /**
   * Sends heartbeats and ends the jobs of hubs that have sent none, unless it did so a moment ago.
   *
   * @param own jobs of the runner
   */
  void exchange(Connection connection, List<Job> own) throws SQLException {
    long now = ticker.nanos();
    long pause = now - exchanged;
    if (pause < INTERVAL.toNanos()) {
      return;
    }
    if (pause >= UNWATCHED.toNanos()) {
      forget();
    }
    exchanged = now;
    if (!own.isEmpty()) {
      JobRows.heartbeat(connection, runner, own.stream().map(Job::id).toList());
    }
    watch(connection);
    endAbandoned(connection);
  }

  private void watch(Connection connection) throws SQLException {
    long now = ticker.nanos();
    Map<JobId, Seen> latest = new HashMap<>();
    JobRows.heartbeats(connection)
        .forEach(
            (id, time) -> {
              Seen before = seen.get(id);
              boolean same = before != null && before.time().equals(time);
              latest.put(id, same ? before : new Seen(time, now));
            });
    seen = latest;
  }

  private void endAbandoned(Connection connection) throws SQLException {
    long now = ticker.nanos();
    for (Map.Entry<JobId, Seen> job : seen.entrySet()) {
      if (now - job.getValue().noticed() >= SILENCE.toNanos()
          && JobRows.endAbandoned(connection, job.getKey(), job.getValue().time(), STOPPED)) {
        LOG.log(Level.WARNING, "job {0} ends: the hub that ran it has stopped", job.getKey());
      }
    }
  }
}
