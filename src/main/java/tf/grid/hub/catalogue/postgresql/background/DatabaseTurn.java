package tf.grid.hub.catalogue.postgresql.background;

import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tf.grid.hub.catalogue.shared.ElsewhereException;
import tf.grid.hub.catalogue.shared.HubGroup.Work;
import tf.grid.hub.catalogue.shared.Turn;
import tf.grid.hub.catalogue.shared.TurnLostException;

/**
 * A lock that ends with its connection, and a row that tells everyone who holds it. A thread shows
 * a sign of life in the row. Thread-safe.
 */
final class DatabaseTurn implements Turn {

  private static final System.Logger LOG = System.getLogger(DatabaseTurn.class.getName());

  /** First key of the advisory locks: {@code work} as a number. */
  private static final int WORK = 0x776f726b;

  private static final long SIGN_SECONDS = 5;

  /** The server needs a moment to end a session. */
  private static final int TAKEOVER_ATTEMPTS = 50;

  private static final Duration TAKEOVER_PAUSE = Duration.ofMillis(100);

  private static final String BEGIN =
      "INSERT INTO background_work AS w (name, run, hub, begun, seen)"
          + " VALUES (?, 1, ?, clock_timestamp(), clock_timestamp())"
          + " ON CONFLICT (name) DO UPDATE SET run = w.run + 1, hub = excluded.hub,"
          + " begun = excluded.begun, seen = excluded.seen, ended = NULL"
          + " WHERE w.begun NOT BETWEEN clock_timestamp() - make_interval(secs => ?)"
          + " AND clock_timestamp() RETURNING run";

  /** Sessions that hold the lock, and what their hub has written. */
  private static final String HOLDERS =
      " FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid"
          + " LEFT JOIN background_work w ON w.name = ?"
          + " WHERE l.locktype = 'advisory' AND l.classid::bigint = ? AND l.objid::bigint = ?"
          + " AND l.objsubid = 2 AND l.granted"
          + " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
          + " AND greatest(w.seen, a.backend_start) ";

  private static final String SILENT = HOLDERS + "< clock_timestamp() - make_interval(secs => ?)";

  private static final String ALIVE = HOLDERS + ">= clock_timestamp() - make_interval(secs => ?)";

  private final Connection connection;
  private final Work work;
  private final long run;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::showSigns, "background-work-sign");
  private volatile SQLException lost;

  private DatabaseTurn(Connection connection, Work work, long run) {
    this.connection = connection;
    this.work = work;
    this.run = run;
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Takes a turn.
   *
   * @param connection of its own, which is closed with the turn or if there is none
   * @throws ElsewhereException if another hub has it, or has begun within the pause
   */
  static DatabaseTurn begin(
      Connection connection, Work work, GroupSettings settings, Duration pause)
      throws SQLException {
    boolean begun = false;
    try {
      if (!tryLock(connection, work)) {
        takeOver(connection, work, settings);
      }
      DatabaseTurn turn =
          new DatabaseTurn(connection, work, next(connection, work, settings, pause));
      begun = true;
      return turn;
    } finally {
      if (!begun) {
        release(connection);
      }
    }
  }

  /**
   * Finds out whether another hub has the turn, without keeping anyone from taking it.
   *
   * @throws ElsewhereException if that is so
   */
  static void refuseElsewhere(Connection connection, Work work, GroupSettings settings)
      throws SQLException {
    if (isAny(connection, "SELECT true" + ALIVE, work, settings)) {
      throw elsewhere(connection, work);
    }
  }

  private static boolean isAny(
      Connection connection, String question, Work work, GroupSettings settings)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(question)) {
      query.setString(1, work.toString());
      query.setInt(2, WORK);
      query.setInt(3, work.number());
      query.setDouble(4, ClaimedChunks.seconds(settings.silence()));
      try (ResultSet row = query.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  private static boolean tryLock(Connection connection, Work work) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT pg_try_advisory_lock(?, ?)")) {
      lock.setInt(1, WORK);
      lock.setInt(2, work.number());
      try (ResultSet locked = lock.executeQuery()) {
        locked.next();
        return locked.getBoolean(1);
      }
    }
  }

  /** A hub that was stopped, but not ended, keeps its session and thereby its lock. */
  private static void takeOver(Connection connection, Work work, GroupSettings settings)
      throws SQLException {
    boolean ended =
        isAny(connection, "SELECT pg_terminate_backend(l.pid)" + SILENT, work, settings);
    for (int attempt = 0; ended && attempt < TAKEOVER_ATTEMPTS; attempt++) {
      if (tryLock(connection, work)) {
        LOG.log(Level.WARNING, "took over a {0} from a hub that shows no sign of life", work);
        return;
      }
      try {
        Thread.sleep(TAKEOVER_PAUSE.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    throw elsewhere(connection, work);
  }

  private static long next(Connection connection, Work work, GroupSettings settings, Duration pause)
      throws SQLException {
    try (PreparedStatement begin = connection.prepareStatement(BEGIN)) {
      begin.setString(1, work.toString());
      begin.setString(2, settings.hub());
      begin.setDouble(3, ClaimedChunks.seconds(pause));
      try (ResultSet begun = begin.executeQuery()) {
        if (begun.next()) {
          return begun.getLong(1);
        }
      }
    }
    throw elsewhere(connection, work);
  }

  private static ElsewhereException elsewhere(Connection connection, Work work)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT hub, extract(epoch FROM begun)::bigint, extract(epoch FROM seen)::bigint"
                + " FROM background_work WHERE name = ?")) {
      query.setString(1, work.toString());
      try (ResultSet row = query.executeQuery()) {
        return row.next()
            ? new ElsewhereException(
                work,
                row.getString(1),
                Instant.ofEpochSecond(row.getLong(2)),
                Instant.ofEpochSecond(row.getLong(3)))
            : new ElsewhereException(work, "that begins now", Instant.EPOCH, Instant.EPOCH);
      }
    }
  }

  private void showSigns() {
    try {
      while (lost == null && !closing.await(SIGN_SECONDS, TimeUnit.SECONDS)) {
        showSign();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void showSign() {
    try (PreparedStatement sign =
        connection.prepareStatement(
            "UPDATE background_work SET seen = clock_timestamp() WHERE name = ? AND run = ?")) {
      sign.setString(1, work.toString());
      sign.setLong(2, run);
      if (sign.executeUpdate() == 0) {
        lost = new SQLException("the turn was taken over");
      }
    } catch (SQLException broken) {
      lost = broken;
    }
  }

  @Override
  public long run() {
    return run;
  }

  @Override
  public void check() {
    SQLException why = lost;
    if (why != null) {
      throw new TurnLostException(String.valueOf(why.getMessage()), why);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(SIGN_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (PreparedStatement end =
        connection.prepareStatement(
            "UPDATE background_work SET seen = clock_timestamp(), ended = clock_timestamp()"
                + " WHERE name = ? AND run = ?")) {
      end.setString(1, work.toString());
      end.setLong(2, run);
      end.executeUpdate();
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "the end of a turn was not written: {0}", e.toString());
    } finally {
      release(connection);
    }
  }

  /**
   * The server unlocks a while after a connection was closed, and not at all if a pool keeps it.
   */
  private static void release(Connection connection) {
    try (connection;
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_unlock_all()");
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "a turn ends with its connection: {0}", e.toString());
    }
  }

  /**
   * Keeps another hub from beginning until the end of a transaction.
   *
   * @throws TurnLostException if another hub has begun
   */
  static void hold(Connection transaction, Turn turn) throws SQLException {
    try (PreparedStatement query =
        transaction.prepareStatement(
            "SELECT FROM background_work WHERE name = ? AND run = ? FOR SHARE")) {
      query.setString(1, Work.COLLECTION.toString());
      query.setLong(2, turn.run());
      try (ResultSet found = query.executeQuery()) {
        if (!found.next()) {
          throw new TurnLostException("the turn was taken over", null);
        }
      }
    }
  }

  /** Waits until all transactions have ended that have written something before this call. */
  static void awaitWriters(Connection connection, Duration most, Pause pause) throws SQLException {
    String before;
    try (Statement statement = connection.createStatement();
        ResultSet number = statement.executeQuery("SELECT pg_current_xact_id()::text")) {
      number.next();
      before = number.getString(1);
    }
    try (PreparedStatement ended =
        connection.prepareStatement("SELECT pg_snapshot_xmin(pg_current_snapshot()) > ?::xid8")) {
      ended.setString(1, before);
      for (Duration waited = Duration.ZERO; !isTrue(ended); waited = waited.plus(TAKEOVER_PAUSE)) {
        if (waited.compareTo(most) > 0) {
          throw new SQLException(
              "a transaction in the database has been open for " + most.toMinutes() + " minutes");
        }
        pause.make(TAKEOVER_PAUSE);
      }
    }
  }

  /** Waits a moment, or throws to stop. */
  interface Pause {
    void make(Duration time);
  }

  private static boolean isTrue(PreparedStatement question) throws SQLException {
    try (ResultSet answer = question.executeQuery()) {
      answer.next();
      return answer.getBoolean(1);
    }
  }
}
