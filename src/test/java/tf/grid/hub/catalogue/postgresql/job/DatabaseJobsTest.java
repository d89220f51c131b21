package tf.grid.hub.catalogue.postgresql.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tf.grid.hub.Await;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.catalogue.postgresql.CuttingProxy;
import tf.grid.hub.catalogue.postgresql.PostgresqlServer;
import tf.grid.hub.catalogue.postgresql.connection.Database;
import tf.grid.hub.catalogue.postgresql.connection.DatabaseException;
import tf.grid.hub.catalogue.postgresql.connection.DatabaseSettings;
import tf.grid.hub.catalogue.postgresql.connection.QuickDatabase;
import tf.grid.hub.job.Job;
import tf.grid.hub.job.Job.JobCancelledException;
import tf.grid.hub.job.Job.JobExpiredException;
import tf.grid.hub.job.JobEvent;
import tf.grid.hub.job.JobLedger;
import tf.grid.hub.job.Jobs;
import tf.grid.hub.job.JobsContract;
import tf.grid.hub.limit.TryAgainLaterException;

/** The contract, with jobs in a real PostgreSQL that two hubs share. */
@NeedsPrograms(PostgresqlServer.PROGRAM)
class DatabaseJobsTest extends JobsContract {

  private static final int SOCKET_SECONDS = 2;
  private static final JobEvent DEAD =
      new JobEvent.Failed("the hub that ran this job stopped: start it again");

  private final CountDownLatch release = new CountDownLatch(1);
  private Database database;
  private QuickDatabase quick;
  private DatabaseJobs otherLedger;
  private Jobs other;

  @Override
  protected JobLedger open() throws Exception {
    PostgresqlServer server = PostgresqlServer.shared();
    database = Database.open(server.settings(server.newDatabase(), 1));
    quick = database.quick();
    otherLedger = ledger();
    other = jobs(otherLedger);
    return ledger();
  }

  /** A hub that sends no heartbeats and reads nothing by itself. */
  private DatabaseJobs ledger() {
    return new DatabaseJobs(quick, "a hub", LIMITS, clock);
  }

  private DatabaseJobs listening() {
    return ledger().listening(database.ownConnections(SOCKET_SECONDS));
  }

  /** As connections of a server's pool, whose driver is not the hub's. */
  private DataSource withOtherDriver() {
    DataSource source = database.ownConnections(SOCKET_SECONDS);
    return proxy(
        DataSource.class,
        (proxy, method, arguments) ->
            proxy(Connection.class, hidingDriver((Connection) method.invoke(source, arguments))));
  }

  private static InvocationHandler hidingDriver(Connection connection) {
    return (proxy, method, arguments) ->
        switch (method.getName()) {
          case "isWrapperFor" -> false;
          case "unwrap" -> throw new SQLException("not a wrapper");
          default -> method.invoke(connection, arguments);
        };
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  @AfterEach
  void closeDatabase() {
    release.countDown();
    other.close();
    quick.close();
    database.close();
  }

  @Override
  protected void pass(Duration time) {
    clock.pass(time);
    double seconds = (double) time.toSeconds();
    var unused =
        quick.update(
            "UPDATE job SET opened = opened - make_interval(secs => ?),"
                + " ended = ended - make_interval(secs => ?)",
            seconds,
            seconds);
  }

  /** Starts work that takes until it is released or cancelled. */
  private CompletableFuture<String> startLong(Jobs hub, Job job) {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<String> result =
        hub.start(
            job,
            progress -> {
              progress.step("working");
              begun.countDown();
              release.await();
              return "long";
            },
            JobsContract::ending);
    Await.open("the work begins", begun);
    return result;
  }

  private void synchronise(DatabaseJobs hub) throws Exception {
    try (Connection connection = database.ownConnections(SOCKET_SECONDS).getConnection()) {
      hub.synchronise(connection);
    }
  }

  /** Has the other hub watch for some time. */
  private void watch(int seconds) throws Exception {
    synchronise(otherLedger);
    for (int i = 0; i < seconds; i += 5) {
      clock.pass(Duration.ofSeconds(5));
      synchronise(otherLedger);
    }
  }

  @Test
  void the_work_of_a_job_that_one_hub_has_opened_may_reach_the_other() throws Exception {
    Job opened = jobs.open(ALICE, "archive");
    Job found = other.find(opened.id()).orElseThrow();
    assertThat(found.owner()).isEqualTo(ALICE);
    assertThat(found.latest()).isEqualTo(opened.latest());

    other.run(found, progress -> "x.flist", JobsContract::ending);

    assertThat(latest(jobs, opened)).isEqualTo(found.latest().event());
    assertThat(latest(jobs, opened)).isInstanceOf(JobEvent.Finished.class);
    assertThatThrownBy(() -> jobs.run(opened, progress -> "again", JobsContract::ending))
        .isInstanceOf(JobExpiredException.class);
  }

  @Test
  void each_hub_lists_the_jobs_of_both() {
    Job first = jobs.open(ALICE, "first");
    Job second = other.open(ALICE, "second");

    assertThat(jobs.of(ALICE)).extracting(Job::id).containsExactly(second.id(), first.id());
    assertThat(other.open()).extracting(Job::id).containsExactly(first.id(), second.id());
    assertThat(other.of(ALICE)).extracting(Job::step).containsExactly("second", "first");
    assertThat(other.of(BOB)).isEmpty();
  }

  @Test
  void one_hub_follows_a_job_that_the_other_runs_to_its_end() throws Exception {
    assertFollowed(jobs(listening()), jobs(listening()));
  }

  @Test
  void hubs_that_cannot_listen_with_the_driver_of_the_server_follow_jobs_too() throws Exception {
    assertFollowed(
        jobs(ledger().listening(withOtherDriver())), jobs(ledger().listening(withOtherDriver())));
  }

  private void assertFollowed(Jobs running, Jobs following) throws Exception {
    try {
      Job job = running.open(ALICE, "archive");
      Job followed = following.find(job.id()).orElseThrow();
      List<JobEvent> seen = new ArrayList<>();
      followed.onEvent(
          () -> {
            synchronized (seen) {
              seen.add(followed.latest().event());
            }
          });
      CompletableFuture<String> result = startLong(running, job);
      Await.until("progress is heard", () -> followed.step().equals("working"));
      release.countDown();
      assertThat(Await.result(result)).isEqualTo("long");
      Await.until("the end is heard", () -> followed.latest().event().last());
      assertThat(followed.latest()).isEqualTo(job.latest());
      synchronized (seen) {
        assertThat(seen.stream().filter(JobEvent::last)).hasSize(1);
      }
    } finally {
      running.close();
      following.close();
    }
  }

  @Test
  void a_job_is_cancelled_by_the_other_hub() throws Exception {
    Jobs running = jobs(listening());
    try {
      Job waiting = running.open(ALICE, "archive");
      other.find(waiting.id()).orElseThrow().cancel();
      assertThat(latest(running, waiting)).isEqualTo(new JobEvent.Failed("cancelled"));
      assertThatThrownBy(() -> running.run(waiting, progress -> "x", JobsContract::ending))
          .isInstanceOf(JobExpiredException.class);

      Job job = running.open(ALICE, "image");
      CompletableFuture<String> result = startLong(running, job);
      other.find(job.id()).orElseThrow().cancel();

      assertThatThrownBy(() -> Await.result(result))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(JobCancelledException.class);
      Await.until("it has ended", () -> latest(other, job).last());
      assertThat(latest(other, job)).isEqualTo(new JobEvent.Failed("told: cancelled"));
    } finally {
      running.close();
    }
  }

  @Test
  void jobs_of_a_hub_without_heartbeats_end_once() throws Exception {
    DatabaseJobs stoppedLedger = ledger();
    Jobs stopped = jobs(stoppedLedger);
    Job job = stopped.open(ALICE, "image");
    CompletableFuture<String> result = startLong(stopped, job);
    synchronise(stoppedLedger);
    watch(15);
    assertThat(latest(other, job)).isInstanceOf(JobEvent.Update.class);

    watch(5);
    assertThat(latest(other, job)).isEqualTo(DEAD);
    assertThat(other.find(job.id()).orElseThrow().latest().number())
        .isGreaterThan(job.latest().number());

    // It was only slow.
    synchronise(stoppedLedger);
    assertThatThrownBy(() -> Await.result(result))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(JobCancelledException.class);
    assertThat(latest(stopped, job)).isEqualTo(DEAD);
    assertThat(latest(other, job)).isEqualTo(DEAD);
    stopped.close();
  }

  @Test
  void a_hub_that_did_not_watch_the_others_gives_them_time() throws Exception {
    Job job = jobs.open(ALICE, "image");
    CompletableFuture<String> result = startLong(jobs, job);
    synchronise(otherLedger);
    clock.pass(Duration.ofHours(1));
    watch(15);
    assertThat(latest(other, job)).isInstanceOf(JobEvent.Update.class);
    release.countDown();
    assertThat(Await.result(result)).isEqualTo("long");
  }

  @Test
  void work_that_ends_after_its_job_was_given_up_changes_nothing() throws Exception {
    DatabaseJobs stoppedLedger = ledger();
    Jobs stopped = jobs(stoppedLedger);
    Job job = stopped.open(ALICE, "image");
    CompletableFuture<String> result = startLong(stopped, job);
    watch(20);
    assertThat(latest(other, job)).isEqualTo(DEAD);

    release.countDown();

    assertThat(Await.result(result)).isEqualTo("long");
    assertThat(latest(other, job)).isEqualTo(DEAD);
    Await.until("the hub has heard", () -> latest(stopped, job).equals(DEAD));
    stopped.close();
  }

  @Test
  void jobs_of_a_hub_that_sends_heartbeats_go_on_for_hours() throws Exception {
    DatabaseJobs aliveLedger = ledger();
    Jobs alive = jobs(aliveLedger);
    Job job = alive.open(ALICE, "image");
    CompletableFuture<String> result = startLong(alive, job);
    for (int i = 0; i < 100; i++) {
      synchronise(aliveLedger);
      watch(5);
    }
    assertThat(latest(other, job)).isInstanceOf(JobEvent.Update.class);
    release.countDown();
    assertThat(Await.result(result)).isEqualTo("long");
    assertThat(latest(other, job)).isInstanceOf(JobEvent.Finished.class);
    alive.close();
  }

  @Test
  void a_hub_that_stops_leaves_jobs_that_wait_for_their_work_to_the_other() throws Exception {
    Job waiting = jobs.open(ALICE, "archive");

    jobs.close();

    Job left = other.find(waiting.id()).orElseThrow();
    String made = other.run(left, progress -> "x", JobsContract::ending);
    assertThat(made).isEqualTo("x");
  }

  @Test
  void limits_of_accounts_hold_for_all_hubs_however_many_ask_at_once() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Job>> opened = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Jobs hub = i % 2 == 0 ? jobs : other;
        opened.add(threads.submit(() -> hub.open(ALICE, "one of many")));
      }
      int refused = 0;
      for (Future<Job> job : opened) {
        try {
          Await.result(job);
        } catch (ExecutionException e) {
          assertThat(e.getCause()).isInstanceOf(TryAgainLaterException.class);
          refused++;
        }
      }
      assertThat(refused).isEqualTo(6);
      assertThat(jobs.of(ALICE)).hasSize(2);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void steps_that_the_database_cannot_write_are_made_readable() {
    Job job = jobs.open(ALICE, "a \ud83d b \0 \ud83d\ude00");

    assertThat(other.find(job.id()).orElseThrow().step()).isEqualTo("a ? b ? \ud83d\ude00");
  }

  @Test
  void work_goes_on_without_the_database_and_its_end_is_written_later() throws Exception {
    PostgresqlServer server = PostgresqlServer.shared();
    try (CuttingProxy network = new CuttingProxy(server.port());
        Database behind = Database.open(settings(network, server.newDatabase()));
        QuickDatabase pool = behind.quick();
        Jobs running = jobs(behind(behind, pool));
        Jobs following = jobs(behind(behind, pool))) {
      Job job = running.open(ALICE, "image");
      CompletableFuture<String> result = startLong(running, job);
      network.hang(true);
      Await.until("the hubs notice it", () -> isUnavailable(following, job));
      assertThat(latest(running, job)).isInstanceOf(JobEvent.Update.class);
      assertThat(running.of(ALICE)).containsExactly(job);
      assertThat(following.of(ALICE)).isEmpty();
      assertThatThrownBy(() -> running.open(BOB, "another")).isInstanceOf(DatabaseException.class);
      release.countDown();
      assertThat(Await.result(result)).isEqualTo("long");
      network.hang(false);
      Await.until("the database answers", () -> !isUnavailable(following, job));
      Await.until("the end is written", () -> latest(following, job).last());
      assertThat(latest(following, job)).isEqualTo(job.latest().event());
    }
  }

  private DatabaseJobs behind(Database behind, QuickDatabase pool) {
    return new DatabaseJobs(pool, "a hub", LIMITS, clock)
        .listening(behind.ownConnections(SOCKET_SECONDS));
  }

  private static DatabaseSettings settings(CuttingProxy network, String database) {
    String url = "jdbc:postgresql://127.0.0.1:%d/%s".formatted(network.port(), database);
    return new DatabaseSettings(url, PostgresqlServer.USER, "", 1, Duration.ofMinutes(1));
  }

  private static boolean isUnavailable(Jobs hub, Job job) {
    try {
      return hub.find(job.id()).isEmpty();
    } catch (DatabaseException e) {
      assertThat(e.status()).isEqualTo(503);
      assertThat(e.retryAfter()).isPresent();
      return true;
    }
  }
}
