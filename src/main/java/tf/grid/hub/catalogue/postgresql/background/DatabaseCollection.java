package tf.grid.hub.catalogue.postgresql.background;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tf.grid.hub.catalogue.postgresql.connection.Database;
import tf.grid.hub.catalogue.shared.FrozenFlists;
import tf.grid.hub.catalogue.shared.SharedCollection;
import tf.grid.hub.catalogue.shared.Turn;
import tf.grid.hub.catalogue.shared.TurnLostException;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.limit.Ticker;

/**
 * A collection that notes unused chunks in a table and claims those that it deletes. See ADR 27 for
 * why nothing that is needed is deleted.
 */
final class DatabaseCollection implements SharedCollection {

  private static final int PAGE = 4_096;

  /** What a store deletes in one request. */
  private static final int CLAIM = 500;

  private static final String DEAD = "claimed_at < clock_timestamp() - make_interval(secs => ?)";

  private static final String ROWS =
      "SELECT id, run < ? AND found <= clock_timestamp() - make_interval(secs => ?)"
          + " AND (claimed_at IS NULL OR "
          + DEAD
          + ") FROM unused_chunk WHERE id > ? ORDER BY id LIMIT "
          + PAGE;

  private static final String CLAIM_ROWS =
      "WITH free AS MATERIALIZED (SELECT id FROM unused_chunk WHERE id = ANY (?) AND run < ?"
          + " AND found <= clock_timestamp() - make_interval(secs => ?)"
          + " AND (claimed_at IS NULL OR "
          + DEAD
          + ") ORDER BY id FOR UPDATE SKIP LOCKED)"
          + " UPDATE unused_chunk u SET claimed_at = clock_timestamp(), claimed_by = ?"
          + " FROM free WHERE u.id = free.id RETURNING u.id";

  private final Database database;
  private final GroupSettings settings;
  private final Ticker ticker;
  private final Turn turn;
  private final boolean dryRun;
  private final Snapshots snapshots;
  private final List<ChunkId> found = new ArrayList<>();
  private final List<ChunkId> needless = new ArrayList<>();
  private List<Row> page = List.of();
  private int next;
  private boolean atEnd;
  private byte[] after = {};

  /** Takes a snapshot of the flists. */
  @FunctionalInterface
  interface Snapshots {
    FrozenFlists take() throws IOException;
  }

  /** A row, as it was when its page was read. */
  private record Row(ChunkId id, boolean mayGo) {}

  DatabaseCollection(
      Database database,
      GroupSettings settings,
      Ticker ticker,
      Turn turn,
      boolean dryRun,
      Snapshots snapshots) {
    this.database = database;
    this.settings = settings;
    this.ticker = ticker;
    this.turn = turn;
    this.dryRun = dryRun;
    this.snapshots = snapshots;
  }

  @Override
  public FrozenFlists flists() throws IOException {
    return snapshots.take();
  }

  @Override
  public void used(ChunkId id) throws IOException {
    if (row(id).isPresent()) {
      add(needless, id);
    }
  }

  @Override
  public boolean unused(ChunkId id) throws IOException {
    Optional<Row> row = row(id);
    if (row.isEmpty()) {
      add(found, id);
    }
    return row.isPresent() && row.get().mayGo();
  }

  /** The row of a chunk. Those before it are of chunks that the store does not have any more. */
  private Optional<Row> row(ChunkId id) throws IOException {
    Row row = peek();
    while (row != null && row.id().compareTo(id) < 0) {
      add(needless, row.id());
      next++;
      row = peek();
    }
    if (row == null || !row.id().equals(id)) {
      return Optional.empty();
    }
    next++;
    return Optional.of(row);
  }

  private Row peek() throws IOException {
    if (next == page.size() && !atEnd) {
      page = database.ask(this::rows);
      next = 0;
      atEnd = page.isEmpty();
    }
    return atEnd ? null : page.get(next);
  }

  private List<Row> rows(Connection connection) throws SQLException {
    List<Row> rows = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(ROWS)) {
      query.setLong(1, turn.run());
      query.setDouble(2, ClaimedChunks.seconds(settings.grace()));
      query.setDouble(3, ClaimedChunks.seconds(settings.claimDead()));
      query.setBytes(4, after);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          after = row.getBytes(1);
          rows.add(new Row(ChunkId.of(after), row.getBoolean(2)));
        }
      }
    }
    return rows;
  }

  private void add(List<ChunkId> batch, ChunkId id) throws IOException {
    batch.add(id);
    if (batch.size() == PAGE) {
      write();
    }
  }

  @Override
  public void finish() throws IOException {
    for (Row row = peek(); row != null; row = peek()) {
      add(needless, row.id());
      next++;
    }
    write();
  }

  private void write() throws IOException {
    turn.check();
    if (!dryRun) {
      if (!found.isEmpty()) {
        inTransaction(this::insert);
      }
      if (!needless.isEmpty()) {
        database.ask(this::deleteNeedless);
      }
    }
    found.clear();
    needless.clear();
  }

  private boolean insert(Connection connection) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO unused_chunk (id, found, run) SELECT unnest(?), clock_timestamp(), ?"
                + " ON CONFLICT DO NOTHING")) {
      insert.setArray(1, ClaimedChunks.array(connection, found));
      insert.setLong(2, turn.run());
      return insert.executeUpdate() > 0;
    }
  }

  /** Without a row, a chunk cannot be claimed: that is right for any chunk that is not claimed. */
  private boolean deleteNeedless(Connection connection) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM unused_chunk WHERE id = ANY (?) AND (claimed_at IS NULL OR "
                + DEAD
                + ")")) {
      delete.setArray(1, ClaimedChunks.array(connection, needless));
      delete.setDouble(2, ClaimedChunks.seconds(settings.claimDead()));
      return delete.executeUpdate() > 0;
    }
  }

  @Override
  public Set<ChunkId> delete(Collection<ChunkId> ids, Consumer<Collection<ChunkId>> deletion)
      throws IOException {
    List<ChunkId> all = List.copyOf(ids);
    Set<ChunkId> deleted = new HashSet<>();
    for (int from = 0; from < all.size(); from += CLAIM) {
      turn.check();
      List<ChunkId> batch = all.subList(from, Math.min(all.size(), from + CLAIM));
      long before = ticker.nanos();
      List<ChunkId> claimed = inTransaction(connection -> claim(connection, batch));
      if (!claimed.isEmpty()) {
        refuseLate(before);
        deletion.accept(claimed);
        database.ask(connection -> forget(connection, claimed));
        deleted.addAll(claimed);
      }
    }
    return deleted;
  }

  private List<ChunkId> claim(Connection connection, List<ChunkId> ids) throws SQLException {
    List<ChunkId> claimed = new ArrayList<>();
    try (PreparedStatement claim = connection.prepareStatement(CLAIM_ROWS)) {
      claim.setArray(1, ClaimedChunks.array(connection, ids));
      claim.setLong(2, turn.run());
      claim.setDouble(3, ClaimedChunks.seconds(settings.grace()));
      claim.setDouble(4, ClaimedChunks.seconds(settings.claimDead()));
      claim.setLong(5, turn.run());
      try (ResultSet row = claim.executeQuery()) {
        while (row.next()) {
          claimed.add(ChunkId.of(row.getBytes(1)));
        }
      }
    }
    if (!claimed.isEmpty()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("UPDATE chunk_claim SET number = number + 1");
      }
    }
    return claimed;
  }

  /**
   * Others may take a claim for dead some time after it was made. A hub that was stopped in between
   * must not send the request.
   */
  private void refuseLate(long before) {
    Duration age = Duration.ofNanos(ticker.nanos() - before);
    if (age.compareTo(settings.claimLife()) > 0) {
      throw new TurnLostException("this hub stood still for " + age.toMillis() + " ms", null);
    }
  }

  /** The chunks are deleted for certain: they may be stored again. */
  private boolean forget(Connection connection, List<ChunkId> claimed) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM unused_chunk WHERE id = ANY (?) AND claimed_by = ?")) {
      delete.setArray(1, ClaimedChunks.array(connection, claimed));
      delete.setLong(2, turn.run());
      return delete.executeUpdate() > 0;
    }
  }

  /** Writes something while no other hub can begin to collect. */
  private <T> T inTransaction(Database.Question<T> work) throws IOException {
    return database.askAtomically(
        connection -> {
          DatabaseTurn.hold(connection, turn);
          return work.to(connection);
        });
  }
}
