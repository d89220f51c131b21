package tf.grid.hub.store.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import tf.grid.hub.store.FullDisk;
import tf.grid.hub.store.StoreCorrupt;
import tf.grid.hub.store.StoreException;
import tf.grid.hub.store.StoreFull;
import tf.grid.hub.store.StoreUnreachable;

/**
 * Names failures of the file system and of SQLite by what happened.
 *
 * @param directory of the store, for messages
 */
record Failures(Path directory) {
  /** With less than this left, a failed write is taken to have failed for want of room. */
  private static final long NEXT_TO_NOTHING = 1 << 20;

  StoreException of(String tried, IOException e) {
    return FullDisk.explains(e, directory, NEXT_TO_NOTHING) ? full(tried, e) : failed(tried, e);
  }

  StoreException of(String tried, SQLException e) {
    if (Sqlite.isFull(e)) {
      return full(tried, e);
    }
    if (Sqlite.isDamaged(e)) {
      return new StoreCorrupt(
          say(tried, "its index is damaged: stop the hub, delete index.sqlite, start it again"), e);
    }
    return failed(tried, e);
  }

  StoreException closed(String tried) {
    return new StoreUnreachable(say(tried, "it is closed"), null);
  }

  StoreException interrupted(String tried, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new StoreUnreachable(say(tried, "the thread was told to stop"), e);
  }

  private StoreFull full(String tried, Exception e) {
    return new StoreFull(say(tried, "there is no room left: make some"), e);
  }

  private StoreUnreachable failed(String tried, Exception e) {
    return new StoreUnreachable(say(tried, e.getMessage()), e);
  }

  private String say(String tried, String happened) {
    return "tried to " + tried + " of the chunk store in " + directory + " but " + happened;
  }
}
