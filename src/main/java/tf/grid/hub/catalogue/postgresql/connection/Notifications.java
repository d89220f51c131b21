package tf.grid.hub.catalogue.postgresql.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;

/** Notifications of the channels that a connection listens on. */
public final class Notifications {
  private Notifications() {}

  /**
   * Waits for a notification. A connection of the server's pool has a driver that the hub cannot
   * ask for notifications: then this waits for the whole time.
   *
   * @param closed ends the wait on such a connection
   */
  public static void await(Connection connection, int millis, CountDownLatch closed)
      throws SQLException, InterruptedException {
    if (connection.isWrapperFor(PGConnection.class)) {
      var unused = connection.unwrap(PGConnection.class).getNotifications(millis);
    } else {
      var unused = closed.await(millis, TimeUnit.MILLISECONDS);
    }
  }
}
