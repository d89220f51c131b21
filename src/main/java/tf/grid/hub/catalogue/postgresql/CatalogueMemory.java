package tf.grid.hub.catalogue.postgresql;

import java.io.Closeable;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import tf.grid.hub.catalogue.postgresql.connection.Notifications;
import tf.grid.hub.catalogue.postgresql.connection.Transaction;

/**
 * All names in memory. A thread listens for changes and asks for them twice per second in any case.
 * While the database does not answer, the names stay as they were. Thread-safe.
 */
final class CatalogueMemory implements Closeable {

  private static final System.Logger LOG = System.getLogger(CatalogueMemory.class.getName());

  private static final int ASK_MILLIS = 500;
  private static final long PAUSE_MILLIS = 1_000;

  /** How long a reader waits for one that asks the database, which usually takes less than 1 ms. */
  private static final long MAX_WAIT_MILLIS = 2_000;

  private final DataSource source;
  private final Thread thread = new Thread(this::listen, "catalogue-listener");
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ReentrantLock reading = new ReentrantLock();
  private volatile CatalogueRows rows = RowsReader.none();
  private volatile boolean reachable = true;
  private Connection connection;

  /**
   * Reads all names and begins to listen.
   *
   * @throws SQLException if the database does not answer
   */
  CatalogueMemory(DataSource source) throws SQLException {
    this.source = source;
    read();
    thread.setDaemon(true);
    thread.start();
  }

  /** The names as far as this hub knows. Asks nothing. */
  CatalogueRows known() {
    return rows;
  }

  /** The names as the database has them now; if it does not answer, those that are known. */
  CatalogueRows current() {
    if (reachable) {
      try {
        readUnlessItHangs();
      } catch (SQLException e) {
        unreachable(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return rows;
  }

  /** One reader finds out that the database does not answer; the others do not wait in turn. */
  private void readUnlessItHangs() throws SQLException, InterruptedException {
    if (reading.tryLock(MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
      try {
        if (reachable) {
          read();
        }
      } finally {
        reading.unlock();
      }
    }
  }

  /** Reads what this hub has just changed, even if the database did not answer before. */
  void refresh() {
    try {
      read();
    } catch (SQLException e) {
      unreachable(e);
    }
  }

  private void read() throws SQLException {
    reading.lock();
    try {
      if (connection == null || !readOverKept()) {
        connection = source.getConnection();
        rows = new RowsReader(rows).readAll(connection);
      }
      reachableAgain();
    } catch (SQLException broken) {
      drop();
      throw broken;
    } finally {
      reading.unlock();
    }
  }

  /** The kept connection may be broken although the database answers. */
  private boolean readOverKept() {
    try {
      rows = new RowsReader(rows).read(connection);
      return true;
    } catch (SQLException broken) {
      LOG.log(Level.DEBUG, "connecting to the database again", broken);
      drop();
      return false;
    }
  }

  private void drop() {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        LOG.log(Level.DEBUG, "closing a connection failed", e);
      }
      connection = null;
    }
  }

  private void listen() {
    try {
      long pause = 0;
      while (!closed.await(pause, TimeUnit.MILLISECONDS)) {
        try (Connection listener = source.getConnection();
            Statement statement = listener.createStatement()) {
          statement.execute("LISTEN " + Transaction.CHANNEL);
          listenOn(listener);
        } catch (SQLException e) {
          unreachable(e);
        }
        pause = PAUSE_MILLIS;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void listenOn(Connection listener) throws SQLException, InterruptedException {
    while (closed.getCount() > 0) {
      read();
      Notifications.await(listener, ASK_MILLIS, closed);
    }
  }

  private void reachableAgain() {
    if (!reachable) {
      reachable = true;
      LOG.log(Level.INFO, "the database of the catalogue answers again");
    }
  }

  private void unreachable(SQLException reason) {
    if (reachable && closed.getCount() > 0) {
      reachable = false;
      LOG.log(
          Level.WARNING, "the database of the catalogue does not answer: {0}", reason.toString());
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    reading.lock();
    try {
      drop();
    } finally {
      reading.unlock();
    }
  }
}
