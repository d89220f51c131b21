package tf.grid.hub.catalogue.postgresql.job;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.catalogue.postgresql.connection.DatabaseException;
import tf.grid.hub.catalogue.postgresql.connection.Notifications;
import tf.grid.hub.catalogue.postgresql.connection.QuickDatabase;
import tf.grid.hub.catalogue.postgresql.connection.QuickDatabase.Statements;
import tf.grid.hub.catalogue.postgresql.job.JobRows.Row;
import tf.grid.hub.job.Job;
import tf.grid.hub.job.Job.Numbered;
import tf.grid.hub.job.JobEvent;
import tf.grid.hub.job.JobId;
import tf.grid.hub.job.JobLedger;
import tf.grid.hub.job.JobLimits;
import tf.grid.hub.limit.Ticker;

/**
 * The jobs of all hubs. A job that this hub has taken is in memory; a thread writes its progress
 * twice per second, and its end is written at once. The same thread asks for the events of jobs of
 * other hubs that somebody follows. Thread-safe.
 */
public final class DatabaseJobs implements JobLedger {

  private static final System.Logger LOG = System.getLogger(DatabaseJobs.class.getName());

  private static final int ASK_MILLIS = 500;
  private static final long PAUSE_MILLIS = 1_000;
  private static final String SESSION =
      "SET lock_timeout = '2s'; SET statement_timeout = '2s'; LISTEN " + JobRows.CHANNEL;

  private static final JobEvent FORGOTTEN =
      new JobEvent.Failed("nothing is known of this job any more");

  private final QuickDatabase database;
  private final String hub;
  private final JobLimits limits;
  private final Ticker ticker;
  private final UUID runner = UUID.randomUUID();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<JobId, Job> own = Collections.synchronizedMap(new LinkedHashMap<>());

  /** Jobs that somebody uses, so that all use the same one. */
  private final Cache<JobId, Job> known = Caffeine.newBuilder().weakValues().build();

  /** The numbers of the events of own jobs that were written; for the thread. */
  private final Map<Job, Long> written = new WeakHashMap<>();

  /** For the thread. */
  private final Heartbeats heartbeats;

  private volatile boolean reachable = true;

  /**
   * Creates the view of one hub.
   *
   * @param hub the name of this hub for administrators
   * @param ticker measures how long other hubs send no heartbeat
   */
  public DatabaseJobs(QuickDatabase database, String hub, JobLimits limits, Ticker ticker) {
    this.database = database;
    this.hub = hub;
    this.limits = limits;
    this.ticker = ticker;
    this.heartbeats = new Heartbeats(runner, ticker);
  }

  /**
   * Begins to write and to ask.
   *
   * @param source for a connection of the thread
   */
  public DatabaseJobs listening(DataSource source) {
    Thread thread = new Thread(() -> listen(source), "job-rows");
    thread.setDaemon(true);
    thread.start();
    return this;
  }

  @Override
  public void add(Job job) {
    var unused =
        database.run(
            connection -> {
              JobRows.add(connection, job, runner, limits);
              return job;
            });
    job.share(this::cancel);
    known.put(job.id(), job);
  }

  @Override
  public boolean take(Job job) {
    boolean taken = database.run(connection -> JobRows.take(connection, job.id(), runner, hub));
    if (taken) {
      own.put(job.id(), job);
      var unused = job.onEvent(() -> writeEnd(job));
      job.take();
    }
    return taken;
  }

  /** Writes the end of an own job. If that fails, the thread tries again. */
  private void writeEnd(Job job) {
    if (reachable && !job.isOpen()) {
      try {
        var unused = database.run(connection -> end(connection, job));
      } catch (DatabaseException e) {
        reachable = false;
        LOG.log(Level.WARNING, "the end of a job is not written yet: {0}", e.getMessage());
      }
    }
  }

  private boolean end(Connection connection, Job job) throws SQLException {
    boolean first = JobRows.end(connection, job, runner);
    if (own.remove(job.id()) != null && !first) {
      // Another hub has ended it, in another way.
      known.invalidate(job.id());
    }
    return first;
  }

  private void cancel(Job job) {
    List<Row> now =
        database.run(
            connection -> {
              JobRows.cancel(connection, job.id(), JobEvent.Failed.cancelled());
              return JobRows.find(connection, List.of(job.id()));
            });
    now.forEach(row -> job.received(row.step(), row.latest()));
  }

  @Override
  public Optional<Job> find(JobId id) {
    return Optional.ofNullable(own.get(id))
        .or(
            () ->
                database.run(connection -> JobRows.find(connection, List.of(id))).stream()
                    .findFirst()
                    .map(this::job));
  }

  private Job job(Row row) {
    Job job =
        known.get(
            row.id(),
            id -> {
              Job other = new Job(id, row.owner(), row.step(), row.latest(), ticker);
              other.share(this::cancel);
              return other;
            });
    job.received(row.step(), row.latest());
    return job;
  }

  @Override
  public List<Job> of(AccountName owner) {
    List<Job> jobs =
        new ArrayList<>(
            listed(connection -> JobRows.of(connection, owner), job -> job.owner().equals(owner)));
    Collections.reverse(jobs);
    return jobs;
  }

  @Override
  public List<Job> open() {
    return listed(JobRows::open, Job::isOpen);
  }

  /**
   * Jobs of the database. If it does not answer, those of this hub: a page with a list has more to
   * show.
   */
  private List<Job> listed(Statements<List<Row>> question, Predicate<Job> which) {
    try {
      return database.run(question).stream().map(this::job).toList();
    } catch (DatabaseException e) {
      e.logTo(LOG);
      return own().stream().filter(which).toList();
    }
  }

  @Override
  public List<Job> own() {
    synchronized (own) {
      return List.copyOf(own.values());
    }
  }

  @Override
  public void sweep() {
    try {
      var unused =
          database.run(
              connection -> {
                JobRows.expire(connection, limits);
                JobRows.forget(connection, runner, limits);
                return closed;
              });
    } catch (DatabaseException e) {
      LOG.log(Level.DEBUG, "jobs are not swept", e);
    }
  }

  private void listen(DataSource source) {
    try {
      long pause = 0;
      while (!closed.await(pause, TimeUnit.MILLISECONDS)) {
        try (Connection connection = source.getConnection();
            Statement statement = connection.createStatement()) {
          statement.execute(SESSION);
          listenOn(connection);
        } catch (SQLException | RuntimeException e) {
          lost(e);
        }
        pause = PAUSE_MILLIS;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void listenOn(Connection connection) throws SQLException, InterruptedException {
    while (closed.getCount() > 0) {
      synchronise(connection);
      reachable = true;
      Notifications.await(connection, ASK_MILLIS, closed);
    }
  }

  private void lost(Exception reason) {
    heartbeats.forget();
    if (closed.getCount() > 0) {
      LOG.log(
          reachable ? Level.WARNING : Level.DEBUG,
          "jobs are not written to the database at the moment: {0}",
          reason.toString());
    }
    reachable = false;
  }

  /** Writes what has changed here, and reads what has changed elsewhere. */
  void synchronise(Connection connection) throws SQLException {
    List<Job> mine = own();
    heartbeats.exchange(connection, mine);
    if (!mine.isEmpty()) {
      write(connection, mine);
      applyCancellations(connection, mine);
    }
    readFollowed(connection);
  }

  private void write(Connection connection, List<Job> mine) throws SQLException {
    for (Job job : mine) {
      Numbered latest = job.latest();
      if (latest.event().last()) {
        var unused = end(connection, job);
      } else if (latest.number() > written.getOrDefault(job, 0L)) {
        JobRows.progress(connection, job, latest, runner);
        written.put(job, latest.number());
      }
    }
  }

  /** Cancels what others want to be cancelled, and gives up what others have ended. */
  private void applyCancellations(Connection connection, List<Job> mine) throws SQLException {
    Map<JobId, Boolean> open = JobRows.cancelled(connection, runner);
    Map<JobId, Job> ended = new HashMap<>();
    for (Job job : mine) {
      Boolean cancelled = open.get(job.id());
      if (cancelled == null && job.isOpen()) {
        ended.put(job.id(), job);
      } else if (Boolean.TRUE.equals(cancelled) && !job.isCancelled()) {
        job.cancel();
      }
    }
    if (!ended.isEmpty()) {
      JobRows.find(connection, ended.keySet())
          .forEach(row -> ended.get(row.id()).received(row.step(), row.latest()));
    }
  }

  private void readFollowed(Connection connection) throws SQLException {
    Map<JobId, Job> followed =
        known.asMap().values().stream()
            .filter(job -> job.isOpen() && job.isFollowed() && !own.containsKey(job.id()))
            .collect(Collectors.toMap(Job::id, Function.identity()));
    if (followed.isEmpty()) {
      return;
    }
    for (Row row : JobRows.find(connection, followed.keySet())) {
      followed.remove(row.id()).received(row.step(), row.latest());
    }
    followed
        .values()
        .forEach(
            job -> job.received(job.step(), new Numbered(job.latest().number() + 1, FORGOTTEN)));
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
