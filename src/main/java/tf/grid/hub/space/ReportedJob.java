package tf.grid.hub.space;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Function;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.catalogue.shared.ElsewhereException;
import tf.grid.hub.catalogue.shared.Turn;
import tf.grid.hub.catalogue.shared.Turns;
import tf.grid.hub.job.Job;
import tf.grid.hub.job.JobProgress;
import tf.grid.hub.job.Jobs;
import tf.grid.hub.job.Jobs.FailureMessage;
import tf.grid.hub.job.Jobs.JobWork;

/**
 * Work that runs as a job, once at a time among all hubs, and whose last reports are kept by the
 * hub that did it. Thread-safe.
 */
public abstract sealed class ReportedJob implements AutoCloseable
    permits ContentChecks, GarbageCollection, RetentionRuns {
  /** The kind of reports of runs that are no dry runs. */
  static final String LAST = "last";

  private final Jobs jobs;
  private final FailureMessage reasons;
  private final ReportFile file;
  private final Clock clock;
  private final Turns turns;
  private Job latest;
  private volatile boolean stopping;

  /**
   * Runs work on request.
   *
   * @param reasons converts failures to messages
   * @param file keeps the reports
   * @param turns of this hub among others
   */
  ReportedJob(Jobs jobs, FailureMessage reasons, ReportFile file, Clock clock, Turns turns) {
    this.jobs = jobs;
    this.reasons = reasons;
    this.file = file;
    this.clock = clock;
    this.turns = turns;
  }

  /**
   * One run.
   *
   * @param <R> its report
   * @param what it does, for people
   * @param kind the name of the report in the file and in the API
   * @param resumes whether the work continues after a restart if a stop or a kill interrupts it
   * @param work keeps no report itself
   * @param json converts the report
   */
  record Run<R>(
      String what, String kind, boolean resumes, TurnWork<R> work, Function<R, JsonObject> json) {}

  /**
   * The work of a run.
   *
   * @param <R> its report
   */
  @FunctionalInterface
  interface TurnWork<R> {
    /** Does it. Must not go on when the turn is lost. */
    R run(JobProgress progress, Turn turn) throws Exception;
  }

  /**
   * Starts a run.
   *
   * @param by the owner of the job
   * @param pause if another hub has begun it within this time, nothing is done
   * @throws CollectionException if one is running
   * @throws tf.grid.hub.catalogue.shared.ElsewhereException if one is running at another hub
   */
  final synchronized <R> Job start(AccountName by, Duration pause, Run<R> run) {
    if (running().isPresent()) {
      throw alreadyRunning();
    }
    try {
      turns.refuseElsewhere();
    } catch (IOException e) {
      throw CollectionException.notBegun(e.getMessage(), e);
    }
    Job job = jobs.open(by, run.what());
    latest = job;
    if (run.resumes()) {
      // Before the answer: from then on, a kill does not prevent the work.
      file.begun();
    }
    Future<?> unused = jobs.startAtOnce(job, reported(run, pause), run.json());
    return job;
  }

  private <R> JobWork<R> reported(Run<R> run, Duration pause) {
    return progress -> {
      try (Turn turn = turns.begin(pause)) {
        R report = run.work().run(progress, turn);
        file.ended(run.kind(), run.json().apply(report), run.resumes());
        return report;
      } catch (ElsewhereException e) {
        file.left();
        throw e;
      } catch (Exception e) {
        failed(Thread.interrupted() ? "cancelled" : reasons.of(e));
        throw e;
      }
    };
  }

  private void failed(String why) {
    if (!isInterrupted()) {
      file.failed(clock.instant(), why);
    }
  }

  private boolean isInterrupted() {
    return stopping && file.isUnfinished();
  }

  /** The exception of a start while a run is running. */
  abstract CollectionException alreadyRunning();

  /** Whether a run was interrupted by a stop or a kill, and is to be continued. */
  final boolean isUnfinished() {
    return file.isUnfinished();
  }

  /** Cancels the current run. Returns whether there was one. */
  public final synchronized boolean cancel() {
    Optional<Job> open = running();
    open.ifPresent(Job::cancel);
    if (open.isPresent() && running().isEmpty()) {
      // It was still waiting for a thread.
      failed("cancelled");
    }
    return open.isPresent();
  }

  /** The state for administrators: the running job, if any, and the last reports. */
  public final JsonObject json() {
    JsonObjectBuilder json = Json.createObjectBuilder(file.reports());
    Optional<Job> job = running();
    json.add("running", job.isPresent());
    job.ifPresent(
        open ->
            json.add("jobid", open.id().toString()).add("progress", open.latest().event().json()));
    return json.build();
  }

  /** The report of the last run that was no dry run, in the form of the API. */
  public final Optional<JsonObject> lastReport() {
    return Optional.ofNullable(file.reports().getJsonObject(LAST));
  }

  /** Whether the last run failed or was cancelled. */
  public final boolean hasFailed() {
    return file.reports().containsKey(ReportFile.FAILURE);
  }

  /** The running job. */
  public final synchronized Optional<Job> running() {
    return Optional.ofNullable(latest).filter(job -> !job.latest().event().last());
  }

  /** Stops the current run. One that resumes continues when the hub is started again. */
  @Override
  public final void close() {
    stopping = true;
    cancel();
  }
}
