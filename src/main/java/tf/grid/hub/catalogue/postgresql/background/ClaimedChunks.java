package tf.grid.hub.catalogue.postgresql.background;

import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import tf.grid.hub.catalogue.postgresql.connection.Database;
import tf.grid.hub.catalogue.postgresql.connection.DatabaseException;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.store.StoreException.ChunksBeingDeletedException;
import tf.grid.hub.store.StoreException.StoreUnreachableException;
import tf.grid.hub.store.lease.SharedUses;

/**
 * Takes chunks that are about to be used off the list of the unused ones. Within a transaction that
 * publishes a flist, this is part of it. Thread-safe.
 *
 * <p>Reading shows each statement what is committed by then, so rows that are deleted or claimed
 * meanwhile are seen by the next one.
 */
final class ClaimedChunks implements SharedUses {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

  private static final String LISTED =
      "SELECT (SELECT number FROM chunk_claim), count(*) FROM unused_chunk WHERE id = ANY (?)";

  /** In the order of ids, so that no two hubs wait for each other. */
  private static final String RESCUE =
      "WITH unclaimed AS MATERIALIZED (SELECT id FROM unused_chunk WHERE id = ANY (?)"
          + " AND (claimed_at IS NULL OR claimed_at < clock_timestamp() - make_interval(secs => ?))"
          + " ORDER BY id FOR UPDATE)"
          + " DELETE FROM unused_chunk u USING unclaimed WHERE u.id = unclaimed.id";

  private final Database database;
  private final GroupSettings settings;
  private final Ticker ticker;

  ClaimedChunks(Database database, GroupSettings settings, Ticker ticker) {
    this.database = database;
    this.settings = settings;
    this.ticker = ticker;
  }

  /** How many of some chunks are listed as unused, and the number of the last claim. */
  private record Listed(long claim, long count) {}

  @Override
  public long use(Collection<ChunkId> ids) {
    try {
      Listed listed = listed(ids);
      Duration pause = FIRST_PAUSE;
      long begin = ticker.nanos();
      while (listed.count() > 0) {
        rescue(ids);
        listed = listed(ids);
        if (listed.count() > 0) {
          waitFor(listed, pause, Duration.ofNanos(ticker.nanos() - begin));
          pause =
              pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
          listed = listed(ids);
        }
      }
      return listed.claim();
    } catch (IOException | DatabaseException e) {
      throw new StoreUnreachableException(
          "tried to record the use of chunks in the database but " + e.getMessage(), e);
    }
  }

  private void waitFor(Listed claimed, Duration pause, Duration waited) {
    // What a transaction has locked, others wait for: it must not wait itself.
    if (database.isChanging() || waited.compareTo(settings.patience()) >= 0) {
      throw new ChunksBeingDeletedException(claimed.count());
    }
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChunksBeingDeletedException(claimed.count());
    }
  }

  private Listed listed(Collection<ChunkId> ids) throws IOException {
    return database.ask(
        connection -> {
          try (PreparedStatement query = connection.prepareStatement(LISTED)) {
            query.setArray(1, array(connection, ids));
            try (ResultSet found = query.executeQuery()) {
              found.next();
              return new Listed(found.getLong(1), found.getLong(2));
            }
          }
        });
  }

  private void rescue(Collection<ChunkId> ids) throws IOException {
    int unused =
        database.ask(
            connection -> {
              try (PreparedStatement delete = connection.prepareStatement(RESCUE)) {
                delete.setArray(1, array(connection, ids));
                delete.setDouble(2, seconds(settings.claimDead()));
                return delete.executeUpdate();
              }
            });
  }

  static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }

  static Array array(Connection connection, Collection<ChunkId> ids) throws SQLException {
    return connection.createArrayOf(
        "bytea", ids.stream().map(ChunkId::bytes).toArray(byte[][]::new));
  }
}
