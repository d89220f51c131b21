package tf.grid.hub.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.Await;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.build.BuiltTree;
import tf.grid.hub.catalogue.change.EntryName;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.postgresql.PostgresqlServer;
import tf.grid.hub.catalogue.postgresql.background.GroupSettings;
import tf.grid.hub.catalogue.postgresql.connection.DatabaseSettings;
import tf.grid.hub.catalogue.shared.ElsewhereException;
import tf.grid.hub.catalogue.shared.HubGroup.Work;
import tf.grid.hub.catalogue.shared.Turn;
import tf.grid.hub.catalogue.shared.TurnLostException;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.space.SharedHub.Around;
import tf.grid.hub.space.check.CheckReport;
import tf.grid.hub.space.check.ContentCheck;
import tf.grid.hub.store.StoreException.ChunksBeingDeletedException;
import tf.grid.hub.store.StoreException.ChunksDeletedException;

/** What two hubs with one database and one store do to the chunks of each other. */
@NeedsPrograms(PostgresqlServer.PROGRAM)
class SharedCollectionTest {
  private static final RepositoryName ALICE = new RepositoryName("alice");
  private static final Duration GRACE = Duration.ofMinutes(30);

  @TempDir Path directory;
  private DatabaseSettings database;

  /** Happens between the claim of chunks and their deletion. */
  private volatile Runnable beforeDeletion = () -> {};

  /** Happens when the second hub has been told that chunks are there. */
  private volatile Runnable afterQuestion = () -> {};

  private final AtomicLong stoodStill = new AtomicLong();
  private final SharedChunks chunks = new SharedChunks(() -> beforeDeletion.run());
  private final List<Future<Void>> uploads = new CopyOnWriteArrayList<>();
  private final Set<Long> questions = new HashSet<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private SharedHub first;
  private SharedHub second;

  @BeforeEach
  void open() throws Exception {
    PostgresqlServer server = PostgresqlServer.shared();
    database = server.settings(server.newDatabase(), 4);
    first = open("first", times(GRACE, Duration.ofMinutes(2)), Around.NOTHING);
    second =
        open(
            "second",
            times(GRACE, Duration.ofMinutes(2)),
            (database, store) -> new DelayedStore(store, () -> afterQuestion.run(), () -> {}));
    first.upload(ALICE, "kept", List.of("kept"));
  }

  private static GroupSettings times(Duration grace, Duration claimDead) {
    return new GroupSettings(
        "hub",
        grace,
        Duration.ofSeconds(5),
        claimDead,
        Duration.ofMinutes(1),
        Duration.ofMinutes(1));
  }

  private SharedHub open(String name, GroupSettings times, Around around) throws IOException {
    return new SharedHub(
        directory.resolve(name),
        database,
        chunks,
        times,
        () -> Ticker.SYSTEM.nanos() + stoodStill.get(),
        around);
  }

  @AfterEach
  void close() throws IOException {
    threads.shutdownNow();
    first.close();
    second.close();
  }

  private Set<ChunkId> upload(SharedHub hub, String name, String content) throws Exception {
    Set<ChunkId> before = new HashSet<>(chunks.chunks.keySet());
    hub.upload(ALICE, name, List.of(content));
    Set<ChunkId> added = new HashSet<>(chunks.chunks.keySet());
    added.removeAll(before);
    return added;
  }

  private Set<ChunkId> garbage(String content) throws Exception {
    Set<ChunkId> added = upload(first, "garbage", content);
    first.changes.delete(ALICE, EntryName.parse("garbage"));
    return added;
  }

  /** Makes everything that was found unused older than the grace period. */
  private void passGrace() throws SQLException {
    execute("UPDATE unused_chunk SET found = found - interval '1 hour'");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.source(60).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = database.source(60).getConnection();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      found.next();
      return found.getLong(1);
    }
  }

  private long listed() throws SQLException {
    return number("SELECT count(*) FROM unused_chunk");
  }

  private boolean areThere(Set<ChunkId> ids) {
    return !ids.isEmpty() && chunks.missing(ids).isEmpty();
  }

  @Test
  void the_next_turn_can_begin_at_once_when_one_has_ended() throws Exception {
    for (int i = 0; i < 100; i++) {
      first.group.begin(Work.COLLECTION, Duration.ZERO).close();
      second.group.begin(Work.COLLECTION, Duration.ZERO).close();
      assertThatThrownBy(() -> second.group.begin(Work.COLLECTION, Duration.ofHours(1)))
          .isInstanceOf(ElsewhereException.class);
    }
  }

  @Test
  void what_one_collection_has_found_another_hub_deletes_after_the_grace_period() throws Exception {
    Set<ChunkId> garbage = garbage("garbage");
    assertThat(first.collect().young().chunks()).isEqualTo(1);
    assertThat(second.collect().deleted().chunks()).isZero();
    passGrace();
    assertThat(first.dryRun().garbage().chunks()).isEqualTo(1);
    assertThat(areThere(garbage)).isTrue();

    CollectionReport report = second.collect();

    assertThat(report.deleted().chunks()).isEqualTo(1);
    assertThat(chunks.missing(garbage)).isEqualTo(garbage);
    assertThat(report.flists()).isEqualTo(1);
    assertThat(report.live().chunks()).isEqualTo(1);
    assertThat(listed()).isZero();
  }

  @Test
  void a_question_at_any_hub_begins_the_grace_period_anew() throws Exception {
    Set<ChunkId> garbage = garbage("garbage");
    first.collect();
    passGrace();
    assertThat(second.store.missing(garbage)).isEmpty();
    assertThat(first.collect().deleted().chunks()).isZero();
    assertThat(areThere(garbage)).isTrue();
    passGrace();
    assertThat(first.collect().deleted().chunks()).isEqualTo(1);
  }

  @Test
  void chunks_that_a_flist_refers_to_again_are_taken_off_the_list() throws Exception {
    Set<ChunkId> garbage = garbage("content");
    first.collect();
    assertThat(listed()).isEqualTo(1);
    passGrace();
    second.upload(ALICE, "again", List.of("content"));
    assertThat(listed()).isZero();
    assertThat(first.collect().deleted().chunks()).isZero();
    assertThat(areThere(garbage)).isTrue();
  }

  @Test
  void a_hub_does_not_believe_what_it_knew_before_another_has_deleted_something() throws Exception {
    Set<ChunkId> garbage = garbage("garbage");
    assertThat(second.store.missing(garbage)).isEmpty();
    int questions = chunks.questions.get();
    assertThat(second.store.missing(garbage)).isEmpty();
    assertThat(chunks.questions.get()).as("it is remembered").isEqualTo(questions);
    first.collect();
    passGrace();
    first.collect();
    assertThat(second.store.missing(garbage)).isEqualTo(garbage);
  }

  @Test
  void an_upload_that_takes_longer_than_the_grace_period_fails_and_publishes_nothing()
      throws Exception {
    try (BuiltTree tree = second.build(List.of("slow"))) {
      first.collect();
      passGrace();
      first.collect();
      assertThatThrownBy(() -> second.publish(ALICE, "slow", tree))
          .isInstanceOfSatisfying(
              ChunksDeletedException.class,
              e -> {
                assertThat(e.status()).isEqualTo(503);
                assertThat(e.retryAfter()).isPresent();
              });
    }
    assertThat(second.catalogue.flists(ALICE)).containsOnlyKeys("kept.flist");
  }

  @Test
  void a_flist_is_not_published_while_one_of_its_chunks_is_deleted() throws Exception {
    GroupSettings impatient =
        new GroupSettings(
            "third",
            GRACE,
            Duration.ofSeconds(5),
            Duration.ofMinutes(2),
            Duration.ZERO,
            Duration.ofMinutes(1));
    try (SharedHub third = open("third", impatient, Around.NOTHING);
        BuiltTree tree = third.build(List.of("slow"))) {
      first.collect();
      passGrace();
      beforeDeletion =
          () -> {
            beforeDeletion = () -> {};
            assertThatThrownBy(() -> third.publish(ALICE, "slow", tree))
                .isInstanceOfSatisfying(
                    ChunksBeingDeletedException.class, e -> assertThat(e.status()).isEqualTo(503));
          };
      // The first pause is that before the scan.
      Runnable inDeletion = beforeDeletion;
      beforeDeletion = () -> beforeDeletion = inDeletion;
      assertThat(first.collect().deleted().chunks()).isEqualTo(1);
    }
    assertThat(second.catalogue.flists(ALICE)).containsOnlyKeys("kept.flist");
    second.upload(ALICE, "slow", List.of("slow"));
    assertThat(chunks.missing(second.chunksOf(ALICE))).isEmpty();
  }

  @Test
  void an_upload_waits_for_chunks_that_are_being_deleted_and_stores_them_again() throws Exception {
    garbage("content");
    first.collect();
    passGrace();
    CountDownLatch waits = new CountDownLatch(1);
    Runnable inDeletion =
        () -> {
          beforeDeletion = () -> {};
          Future<Void> upload =
              threads.submit(
                  () -> {
                    waits.countDown();
                    second.upload(ALICE, "again", List.of("content"));
                    return null;
                  });
          Await.open("the upload begins", waits);
          assertThat(upload.isDone()).isFalse();
          uploads.add(upload);
        };
    beforeDeletion = () -> beforeDeletion = inDeletion;
    assertThat(first.collect().deleted().chunks()).isEqualTo(1);
    assertThat(Await.result(uploads.get(0))).isNull();
    assertThat(chunks.missing(second.chunksOf(ALICE))).isEmpty();
  }

  @Test
  void a_collection_waits_for_a_flist_that_is_being_published() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger collections = new AtomicInteger();
    try (BuiltTree tree = second.build(List.of("slow"))) {
      // The first question is before the transaction.
      Runnable inTransaction =
          () -> {
            asked.countDown();
            Await.open("the publication goes on", goOn);
          };
      afterQuestion = () -> afterQuestion = inTransaction;
      Future<Void> publication =
          threads.submit(
              () -> {
                second.publish(ALICE, "slow", tree);
                return null;
              });
      Await.open("all chunks are there", asked);
      Future<Void> collecting = threads.submit(() -> collectTwice(collections));
      Await.until("it waits, or has collected", () -> collections.get() == 2 || waitsForWriters());
      goOn.countDown();
      assertThat(Await.result(publication)).isNull();
      assertThat(Await.result(collecting)).isNull();
    } finally {
      goOn.countDown();
    }
    assertThat(chunks.missing(first.chunksOf(ALICE))).isEmpty();
  }

  private Void collectTwice(AtomicInteger collections) throws Exception {
    for (int i = 0; i < 2; i++) {
      first.collect();
      collections.incrementAndGet();
      passGrace();
    }
    return null;
  }

  /** Whether a collection was seen to ask several times for the transactions that are open. */
  private boolean waitsForWriters() throws SQLException {
    questions.add(
        number(
            "SELECT coalesce(max((extract(epoch FROM query_start) * 1000000)::bigint), 0)"
                + " FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                + " AND datname = current_database() AND query LIKE '%pg_snapshot_xmin%'"));
    return questions.size() > 4;
  }

  @Test
  void a_collection_waits_for_a_copy_whose_source_is_deleted() throws Exception {
    Set<ChunkId> copied = upload(first, "source", "copied");
    CountDownLatch read = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger collections = new AtomicInteger();
    try {
      Future<Void> copy =
          threads.submit(
              () ->
                  second.catalogue.copy(
                      ALICE,
                      () -> {
                        try (FileChannel file =
                            second
                                .catalogue
                                .entries()
                                .locate(ALICE, FlistName.parse("source"))
                                .open()) {
                          read.countDown();
                          Await.open("the copy goes on", goOn);
                          second.catalogue.publish(
                              ALICE,
                              FlistName.parse("copy"),
                              out -> Channels.newInputStream(file).transferTo(out));
                          return null;
                        }
                      }));
      Await.open("the source was read", read);
      first.changes.delete(ALICE, EntryName.parse("source"));
      Future<Void> collecting = threads.submit(() -> collectTwice(collections));
      Await.until(
          "it waits, or has collected",
          () ->
              collections.get() == 2
                  || number(
                          "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
                      > 0);
      goOn.countDown();
      assertThat(Await.result(copy)).isNull();
      assertThat(Await.result(collecting)).isNull();
    } finally {
      goOn.countDown();
    }
    assertThat(areThere(copied)).isTrue();
  }

  @Test
  void a_hub_that_stood_still_after_a_claim_deletes_nothing() throws Exception {
    Set<ChunkId> garbage = garbage("content");
    first.collect();
    passGrace();
    try (Turn turn = new StandsStill(first.group.begin(Work.COLLECTION, Duration.ZERO))) {
      assertThatThrownBy(() -> first.collect(turn)).isInstanceOf(TurnLostException.class);
    }
    assertThat(areThere(garbage)).isTrue();
    assertThat(number("SELECT count(*) FROM unused_chunk WHERE claimed_at IS NOT NULL"))
        .isEqualTo(1);
  }

  @Test
  void what_a_hub_has_claimed_and_left_can_be_stored_again_after_some_time() throws Exception {
    Set<ChunkId> claimed = claimAndLeave();
    try (SharedHub third = patient()) {
      third.upload(ALICE, "again", List.of("content"));
      assertThat(listed()).isZero();
      third.collect();
      passGrace();
      third.collect();
      assertThat(areThere(claimed)).isTrue();
    }
  }

  @Test
  void what_a_hub_has_claimed_and_left_is_deleted_by_the_next_collection() throws Exception {
    Set<ChunkId> claimed = claimAndLeave();
    assertThat(second.collect().deleted().chunks()).as("the claim may be alive").isZero();
    try (SharedHub third = patient()) {
      assertThat(third.collect().deleted().chunks()).isEqualTo(1);
      assertThat(chunks.missing(claimed)).isEqualTo(claimed);
      assertThat(listed()).isZero();
    }
  }

  private Set<ChunkId> claimAndLeave() throws Exception {
    Set<ChunkId> garbage = garbage("content");
    first.collect();
    passGrace();
    try (Turn turn = new StandsStill(first.group.begin(Work.COLLECTION, Duration.ZERO))) {
      assertThatThrownBy(() -> first.collect(turn)).isInstanceOf(TurnLostException.class);
    }
    return garbage;
  }

  /** A hub that takes claims for dead almost at once. */
  private SharedHub patient() throws IOException {
    return open("third", times(GRACE, Duration.ofMillis(1)), Around.NOTHING);
  }

  /** Whenever the database is asked in a collection, a minute passes. */
  private final class StandsStill implements Turn {
    private final Turn turn;

    StandsStill(Turn turn) {
      this.turn = turn;
    }

    @Override
    public long run() {
      stoodStill.addAndGet(Duration.ofMinutes(1).toNanos());
      return turn.run();
    }

    @Override
    public void check() {
      turn.check();
    }

    @Override
    public void close() {
      turn.close();
    }
  }

  @Test
  void a_check_reads_the_flists_of_all_hubs() throws Exception {
    Set<ChunkId> lost = upload(second, "lost", "lost");
    lost.forEach(chunks.chunks::remove);
    ContentCheck check =
        new ContentCheck(
            first.catalogue, chunks, directory, Clock.systemUTC(), Optional.of(first.group));

    CheckReport report = check.all(true, bytes -> {}, step -> {});

    assertThat(report.flists()).isEqualTo(2);
    assertThat(report.chunks()).isEqualTo(2);
    assertThat(report.missing()).isEqualTo(1);
    assertThat(report.json().toString()).contains("alice/lost.flist", "/f0");
  }

  @Test
  void only_one_hub_collects_at_a_time_and_others_learn_which() throws Exception {
    try (Turn turn = first.group.begin(Work.COLLECTION, Duration.ZERO)) {
      turn.check();
      assertThatThrownBy(() -> second.collect())
          .isInstanceOf(ElsewhereException.class)
          .hasMessageContaining("at the hub hub, which has begun at 20");
      assertThatThrownBy(() -> second.group.refuseElsewhere(Work.COLLECTION))
          .isInstanceOf(ElsewhereException.class);
      second.group.begin(Work.CHECK, Duration.ZERO).close();
    }
    second.group.refuseElsewhere(Work.COLLECTION);
    assertThatThrownBy(() -> second.group.begin(Work.COLLECTION, Duration.ofHours(1)))
        .as("it was begun a moment ago")
        .isInstanceOf(ElsewhereException.class);
    assertThat(second.collect().flists()).isEqualTo(1);
  }

  @Test
  void a_hub_that_has_lost_its_connection_deletes_nothing_more() throws Exception {
    Set<ChunkId> garbage = garbage("content");
    first.collect();
    passGrace();
    try (Turn lost = first.group.begin(Work.COLLECTION, Duration.ZERO)) {
      execute(
          "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
              + " AND classid = 2003792491 AND pid <> pg_backend_pid() AND database ="
              + " (SELECT oid FROM pg_database WHERE datname = current_database())");
      try (Turn next =
          Await.value("another hub begins", () -> begin(second), Optional::isPresent)
              .orElseThrow()) {
        assertThat(next.run()).isGreaterThan(lost.run());
        assertThatThrownBy(() -> first.collect(new Unaware(lost)))
            .isInstanceOf(TurnLostException.class);
        assertThat(areThere(garbage)).isTrue();
        Await.until("the hub notices", () -> isLost(lost));
        assertThat(second.collect(next).deleted().chunks()).isEqualTo(1);
      }
    }
  }

  private static Optional<Turn> begin(SharedHub hub) throws IOException {
    try {
      return Optional.of(hub.group.begin(Work.COLLECTION, Duration.ZERO));
    } catch (ElsewhereException notYet) {
      return Optional.empty();
    }
  }

  private static boolean isLost(Turn turn) {
    try {
      turn.check();
      return false;
    } catch (TurnLostException e) {
      return true;
    }
  }

  /** Has not noticed that the turn was lost. */
  private record Unaware(Turn turn) implements Turn {
    @Override
    public long run() {
      return turn.run();
    }

    @Override
    public void check() {
      // nothing is known
    }

    @Override
    public void close() {
      turn.close();
    }
  }

  @Test
  void the_turn_of_a_hub_without_a_sign_of_life_is_taken_over() throws Exception {
    GroupSettings impatient =
        new GroupSettings(
            "third",
            GRACE,
            Duration.ofSeconds(5),
            Duration.ofMinutes(2),
            Duration.ofMinutes(1),
            Duration.ofMillis(1));
    try (SharedHub third = open("third", impatient, Around.NOTHING);
        Turn silent = first.group.begin(Work.COLLECTION, Duration.ZERO)) {
      assertThat(third.collect().flists()).isEqualTo(1);
      Await.until("the hub notices", () -> isLost(silent));
    }
  }
}
