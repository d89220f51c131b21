package tf.grid.hub.store.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import tf.grid.hub.store.DiskFull;
import tf.grid.hub.store.StoreException;
import tf.grid.hub.store.StoreException.StoreCorruptException;
import tf.grid.hub.store.StoreException.StoreFullException;
import tf.grid.hub.store.StoreException.StoreUnreachableException;

/**
 * Converts failures of the file system and SQLite to store exceptions.
 *
 * @param directory of the store, for messages
 */
record StorageErrors(Path directory) {
  /** With less free space than this, in bytes, the disk is considered full. */
  private static final long NEXT_TO_NOTHING = 1 << 20;

  StoreException of(String tried, IOException e) {
    return DiskFull.explains(e, directory, NEXT_TO_NOTHING) ? full(tried, e) : failed(tried, e);
  }

  StoreException of(String tried, SQLException e) {
    if (Sqlite.isFull(e)) {
      return full(tried, e);
    }
    if (Sqlite.isDamaged(e)) {
      return new StoreCorruptException(
          say(tried, "its index is damaged: stop the hub, delete index.sqlite, start it again"), e);
    }
    return failed(tried, e);
  }

  StoreException closed(String tried) {
    return new StoreUnreachableException(say(tried, "it is closed"), null);
  }

  StoreException interrupted(String tried, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new StoreUnreachableException(say(tried, "the thread was told to stop"), e);
  }

  private StoreFullException full(String tried, Exception e) {
    return StoreFullException.withFree(
        say(tried, "there is no room left: make some"), e, directory.toFile().getUsableSpace());
  }

  private StoreUnreachableException failed(String tried, Exception e) {
    return new StoreUnreachableException(say(tried, e.getMessage()), e);
  }

  private String say(String tried, String happened) {
    return "tried to " + tried + " of the chunk store in " + directory + " but " + happened;
  }
}
