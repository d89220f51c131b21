package tf.grid.hub.catalogue.postgresql.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static tf.grid.hub.catalogue.postgresql.connection.QuickDatabase.bind;
import static tf.grid.hub.catalogue.postgresql.connection.QuickDatabase.update;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.job.Job;
import tf.grid.hub.job.Job.Numbered;
import tf.grid.hub.job.JobEvent;
import tf.grid.hub.job.JobId;
import tf.grid.hub.job.JobLimits;

/**
 * The statements about jobs, each a transaction of its own. Times are by the clock of the database.
 */
final class JobRows {

  /** The channel on which all hubs listen. */
  static final String CHANNEL = "hub_jobs";

  /** Key of the advisory lock of those who add jobs: {@code jobs} as a number. */
  private static final long ADDING = 0x6a6f6273;

  /** Listeners of a hub that has vanished may have seen as many events that are in no row. */
  private static final long UNWRITTEN = 1_000_000;

  private static final String COLUMNS = "id, owner, step, number, event";

  private JobRows() {}

  /**
   * A job as the database has it.
   *
   * @param step what it is doing, or was doing at its end
   * @param latest its latest event
   */
  record Row(JobId id, AccountName owner, String step, Numbered latest) {}

  /**
   * Adds a job that waits.
   *
   * @param runner whose jobs are counted, with those that nobody has taken
   * @throws tf.grid.hub.limit.TryAgainLaterException if there are too many
   */
  static void add(Connection connection, Job job, UUID runner, JobLimits limits)
      throws SQLException {
    // The server gets both statements at once. The second one sees what others have added before.
    try (PreparedStatement add =
        connection.prepareStatement(
            "SELECT pg_advisory_xact_lock("
                + ADDING
                + "); WITH open AS (SELECT count(*) FILTER (WHERE runner IS NULL OR runner = ?)"
                + " AS here, count(*) FILTER (WHERE owner = ?) AS own FROM job WHERE ended IS"
                + " NULL), added AS (INSERT INTO job (id, owner, step, number, event)"
                + " SELECT ?, ?, ?, ?, ? FROM open WHERE here < ? AND own < ?)"
                + " SELECT here, own FROM open")) {
      String owner = job.owner().value();
      bind(
          add,
          runner,
          owner,
          job.id().value(),
          owner,
          encodable(job.step()),
          job.latest().number(),
          json(job.latest()),
          limits.open(),
          limits.openEach());
      add.execute();
      add.getMoreResults();
      try (ResultSet counts = add.getResultSet()) {
        counts.next();
        limits.refuseMore(counts.getLong(1), counts.getLong(2));
      }
    }
  }

  /** Takes a job for a process, unless one has taken it or it has ended. */
  static boolean take(Connection connection, JobId id, UUID runner, String hub)
      throws SQLException {
    return update(
            connection,
            "UPDATE job SET runner = ?, hub = ?, taken = clock_timestamp(),"
                + " seen = clock_timestamp() WHERE id = ? AND runner IS NULL AND ended IS NULL",
            runner,
            hub,
            id.value())
        == 1;
  }

  /** Writes the progress of a job of a process, unless the job has ended. */
  static void progress(Connection connection, Job job, Numbered latest, UUID runner)
      throws SQLException {
    update(
        connection,
        "UPDATE job SET step = ?, number = ?, event = ?, seen = clock_timestamp()"
            + " WHERE id = ? AND runner = ? AND ended IS NULL",
        encodable(job.step()),
        latest.number(),
        json(latest),
        job.id().value(),
        runner);
  }

  /**
   * Writes the end of a job of a process.
   *
   * @return false if it has ended before
   */
  static boolean end(Connection connection, Job job, UUID runner) throws SQLException {
    return ended(
        connection,
        "UPDATE job SET step = ?, number = ?, event = ?, ended = clock_timestamp()"
            + " WHERE id = ? AND runner = ? AND ended IS NULL",
        encodable(job.step()),
        job.latest().number(),
        json(job.latest()),
        job.id().value(),
        runner);
  }

  /** Tells all hubs of jobs that a statement has changed; returns whether there were any. */
  private static boolean ended(Connection connection, String update, Object... values)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "WITH changed AS ("
                + update
                + " RETURNING id) SELECT pg_notify('"
                + CHANNEL
                + "', '') FROM changed")) {
      bind(statement, values);
      try (ResultSet changed = statement.executeQuery()) {
        return changed.next();
      }
    }
  }

  /**
   * Cancels a job that nobody has taken, or asks its runner to do so.
   *
   * @param ending of a job that nobody has taken
   */
  static void cancel(Connection connection, JobId id, JobEvent ending) throws SQLException {
    var unused =
        ended(
            connection,
            "UPDATE job SET cancelled = true,"
                + " ended = CASE WHEN runner IS NULL THEN clock_timestamp() END,"
                + " number = CASE WHEN runner IS NULL THEN number + 1 ELSE number END,"
                + " event = CASE WHEN runner IS NULL THEN ? ELSE event END"
                + " WHERE id = ? AND ended IS NULL",
            encodable(ending.json().toString()),
            id.value());
  }

  static List<Row> find(Connection connection, Collection<JobId> ids) throws SQLException {
    return rows(connection, "WHERE id = ANY(?)", array(connection, ids));
  }

  /** The jobs of an account, oldest first. */
  static List<Row> of(Connection connection, AccountName owner) throws SQLException {
    return rows(connection, "WHERE owner = ? ORDER BY position", owner.value());
  }

  /** Jobs that have not ended, oldest first. */
  static List<Row> open(Connection connection) throws SQLException {
    return rows(connection, "WHERE ended IS NULL ORDER BY position");
  }

  private static List<Row> rows(Connection connection, String which, Object... values)
      throws SQLException {
    List<Row> rows = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement("SELECT " + COLUMNS + " FROM job " + which)) {
      bind(query, values);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          rows.add(
              new Row(
                  new JobId(row.getString(1)),
                  new AccountName(row.getString(2)),
                  row.getString(3),
                  new Numbered(row.getLong(4), event(row.getString(5)))));
        }
      }
    }
    return rows;
  }

  /** The jobs of a process that have not ended, and whether they are to be cancelled. */
  static Map<JobId, Boolean> cancelled(Connection connection, UUID runner) throws SQLException {
    Map<JobId, Boolean> open = new HashMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT id, cancelled FROM job WHERE runner = ? AND ended IS NULL")) {
      bind(query, runner);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          open.put(new JobId(row.getString(1)), row.getBoolean(2));
        }
      }
    }
    return open;
  }

  /** Sends a heartbeat for jobs of a process. */
  static void heartbeat(Connection connection, UUID runner, Collection<JobId> ids)
      throws SQLException {
    update(
        connection,
        "UPDATE job SET seen = clock_timestamp()"
            + " WHERE runner = ? AND id = ANY(?) AND ended IS NULL",
        runner,
        array(connection, ids));
  }

  private static Array array(Connection connection, Collection<JobId> ids) throws SQLException {
    return connection.createArrayOf("text", ids.stream().map(JobId::value).toArray());
  }

  /** When the runners of jobs that have not ended have sent a heartbeat. */
  static Map<JobId, OffsetDateTime> heartbeats(Connection connection) throws SQLException {
    Map<JobId, OffsetDateTime> heartbeats = new HashMap<>();
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT id, seen FROM job WHERE ended IS NULL AND runner IS NOT NULL");
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        heartbeats.put(new JobId(row.getString(1)), row.getObject(2, OffsetDateTime.class));
      }
    }
    return heartbeats;
  }

  /**
   * Ends a job whose runner sends no heartbeat.
   *
   * @param seen the last one: if there is another, nothing is done
   */
  static boolean endAbandoned(Connection connection, JobId id, OffsetDateTime seen, JobEvent ending)
      throws SQLException {
    return ended(
        connection,
        "UPDATE job SET ended = clock_timestamp(), number = number + "
            + UNWRITTEN
            + ", event = ? WHERE id = ? AND seen = ? AND ended IS NULL",
        encodable(ending.json().toString()),
        id.value(),
        seen);
  }

  /** Ends jobs that nobody has taken in time. */
  static void expire(Connection connection, JobLimits limits) throws SQLException {
    var unused =
        ended(
            connection,
            "UPDATE job SET ended = clock_timestamp(), number = number + 1, event = ?"
                + " WHERE runner IS NULL AND ended IS NULL"
                + " AND opened < clock_timestamp() - make_interval(secs => ?)",
            encodable(limits.waitedTooLong().json().toString()),
            seconds(limits.maxWait()));
  }

  /** Deletes jobs that ended long ago, and the oldest ones of very many of a process. */
  static void forget(Connection connection, UUID runner, JobLimits limits) throws SQLException {
    update(
        connection,
        "DELETE FROM job WHERE ended < clock_timestamp() - make_interval(secs => ?)",
        seconds(limits.memory()));
    update(
        connection,
        "DELETE FROM job WHERE id IN (SELECT id FROM job WHERE ended IS NOT NULL"
            + " AND (runner IS NULL OR runner = ?) ORDER BY ended DESC, position DESC OFFSET ?)",
        runner,
        limits.remembered());
  }

  private static double seconds(Duration time) {
    return time.toMillis() / (double) TimeUnit.SECONDS.toMillis(1);
  }

  private static JobEvent event(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return JobEvent.of(reader.readObject());
    }
  }

  private static String json(Numbered latest) {
    return encodable(latest.event().json().toString());
  }

  /** What the database refuses, zeros and halves of surrogate pairs, becomes question marks. */
  private static String encodable(String text) {
    return new String(text.getBytes(UTF_8), UTF_8).replace('\0', '?');
  }
}
