package tf.grid.hub.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tf.grid.hub.Await;
import tf.grid.hub.HandClock;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.job.Job.JobCancelledException;
import tf.grid.hub.job.Job.JobExpiredException;
import tf.grid.hub.limit.TryAgainLaterException;

/** What jobs do, in memory or in a database. */
public abstract class JobsContract {

  protected static final AccountName ALICE = new AccountName("alice");
  protected static final AccountName BOB = new AccountName("bob");
  protected static final JobLimits LIMITS =
      new JobLimits(3, 2, 1, 1, Duration.ofMinutes(10), Duration.ofMinutes(5));

  protected final HandClock clock = new HandClock(Instant.parse("2026-01-01T00:00:00Z"));
  protected Jobs jobs;

  /** Opens a ledger without jobs. */
  protected abstract JobLedger open() throws Exception;

  /** Lets time pass. */
  protected abstract void pass(Duration time) throws Exception;

  @BeforeEach
  void openJobs() throws Exception {
    jobs = jobs(open());
  }

  /** The jobs of a hub. */
  protected final Jobs jobs(JobLedger ledger) {
    return new Jobs(LIMITS, ledger, failure -> "told: " + failure.getMessage(), clock);
  }

  /** The latest event of a job, as others see it. */
  protected static JobEvent latest(Jobs hub, Job job) {
    return hub.find(job.id()).orElseThrow().latest().event();
  }

  @AfterEach
  void close() {
    jobs.close();
  }

  @Test
  void a_job_is_found_by_its_id_before_its_work_begins() {
    Job job = jobs.open(ALICE, "waiting for the archive");

    assertThat(jobs.find(job.id())).containsSame(job);
    assertThat(jobs.open()).containsExactly(job);
    assertThat(job.latest().event().json())
        .hasToString(
            "{\"status\":\"update\",\"message\":\"waiting for the archive\",\"progress\":0,"
                + "\"received\":0,\"files\":0,\"chunks_new\":0,\"chunks_known\":0}");
  }

  @Test
  void an_account_has_its_jobs_the_newest_first_until_they_are_forgotten() throws Exception {
    Job first = jobs.open(ALICE, "first");
    Job second = jobs.open(ALICE, "second");
    jobs.open(BOB, "other");

    assertThat(jobs.of(ALICE)).containsExactly(second, first);
    assertThat(second.step()).isEqualTo("second");

    first.cancel();
    pass(Duration.ofMinutes(6));
    jobs.sweep();
    assertThat(jobs.of(ALICE)).containsExactly(second);
  }

  @Test
  void ids_cannot_be_guessed_from_one_another() {
    assertThat(jobs.open(ALICE, "one").id()).isNotEqualTo(jobs.open(ALICE, "two").id());
    assertThat(JobId.parse("../../etc/passwd")).isEmpty();
    assertThat(JobId.parse("")).isEmpty();
  }

  @Test
  void the_result_is_the_last_event() throws Exception {
    Job job = jobs.open(ALICE, "archive");

    String result = jobs.run(job, progress -> "x.flist", JobsContract::ending);

    assertThat(result).isEqualTo("x.flist");
    assertThat(latest(jobs, job).last()).isTrue();
    assertThat(jobs.open()).isEmpty();
    assertThat(latest(jobs, job).json())
        .hasToString("{\"status\":\"info\",\"info\":{\"filename\":\"x.flist\"}}");
  }

  @Test
  void listeners_learn_of_progress_a_few_times_a_second_and_of_the_end_once() throws Exception {
    Job job = jobs.open(ALICE, "archive");
    List<JobEvent> seen = new ArrayList<>();
    job.onEvent(() -> seen.add(job.latest().event()));

    jobs.run(
        job,
        progress -> {
          progress.expect(400);
          for (int i = 0; i < 40; i++) {
            clock.pass(Duration.ofMillis(50));
            progress.received(10);
          }
          return "x.flist";
        },
        JobsContract::ending);

    assertThat(seen).hasSize(11);
    assertThat(seen.get(5)).isInstanceOf(JobEvent.Update.class);
    assertThat(((JobEvent.Update) seen.get(5)).percent()).isBetween(50, 55);
    assertThat(seen.stream().filter(JobEvent::last)).hasSize(1);
  }

  @Test
  void bytes_alone_never_make_a_hundred_percent() throws Exception {
    Job job = jobs.open(ALICE, "archive");
    AtomicInteger percent = new AtomicInteger();

    jobs.run(
        job,
        progress -> {
          progress.expect(10);
          progress.received(10);
          percent.set(progress.now().percent());
          return "x.flist";
        },
        JobsContract::ending);

    assertThat(percent).hasValue(99);
  }

  @Test
  void a_failure_reaches_the_caller_as_it_is_and_listeners_in_words() {
    Job job = jobs.open(ALICE, "archive");

    assertThatThrownBy(
            () ->
                jobs.run(
                    job,
                    progress -> {
                      throw new IOException("broken");
                    },
                    JobsContract::ending))
        .isInstanceOf(IOException.class);
    assertThat(job.latest().event()).isEqualTo(new JobEvent.Failed("told: broken"));
  }

  @Test
  void an_error_of_the_machine_ends_the_job_too() {
    Job job = jobs.open(ALICE, "archive");

    assertThatThrownBy(
            () ->
                jobs.run(
                    job,
                    progress -> {
                      throw new OutOfMemoryError("no room");
                    },
                    JobsContract::ending))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(job.latest().event().last()).isTrue();
  }

  @Test
  void a_waiting_job_that_is_cancelled_ends_at_once() {
    Job job = jobs.open(ALICE, "archive");

    job.cancel();

    assertThat(job.latest().event()).isEqualTo(new JobEvent.Failed("cancelled"));
    assertThatThrownBy(() -> jobs.run(job, progress -> "x", JobsContract::ending))
        .isInstanceOf(JobExpiredException.class);
  }

  @Test
  void work_that_sleeps_is_woken_by_cancelling() throws Exception {
    Job job = jobs.open(ALICE, "image");
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<String> result =
        jobs.start(
            job,
            progress -> {
              begun.countDown();
              new CountDownLatch(1).await();
              return "x";
            },
            JobsContract::ending);
    Await.open("the work begins", begun);

    job.cancel();

    assertThatThrownBy(() -> Await.result(result))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(JobCancelledException.class);
    assertThat(job.latest().event()).isEqualTo(new JobEvent.Failed("told: cancelled"));
  }

  @Test
  void work_that_reports_progress_ends_at_its_next_byte_after_cancelling() {
    Job job = jobs.open(ALICE, "archive");

    assertThatThrownBy(
            () ->
                jobs.run(
                    job,
                    progress -> {
                      job.cancel();
                      Thread.interrupted();
                      progress.received(1);
                      return "x";
                    },
                    JobsContract::ending))
        .isInstanceOf(JobCancelledException.class);
  }

  @Test
  void the_interrupt_of_a_cancelled_job_does_not_stay_on_the_thread() throws Exception {
    Job job = jobs.open(ALICE, "archive");

    jobs.run(
        job,
        progress -> {
          job.cancel();
          return "finished before it noticed";
        },
        JobsContract::ending);

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void one_job_is_for_one_piece_of_work() throws Exception {
    Job job = jobs.open(ALICE, "archive");
    jobs.run(job, progress -> "first", JobsContract::ending);

    assertThatThrownBy(() -> jobs.run(job, progress -> "second", JobsContract::ending))
        .isInstanceOf(JobExpiredException.class)
        .hasMessageContaining("make another");
    assertThat(job.latest().event().json().toString()).contains("first");
  }

  @Test
  void more_than_the_limit_is_refused_until_one_has_ended() throws Exception {
    Job first = jobs.open(ALICE, "one");
    jobs.open(ALICE, "two");
    jobs.open(BOB, "three");
    assertThatThrownBy(() -> jobs.open(BOB, "four"))
        .isInstanceOf(TryAgainLaterException.class)
        .hasMessageContaining("3 jobs");

    jobs.run(first, progress -> "x", JobsContract::ending);

    assertThat(jobs.open(BOB, "four")).isNotNull();
  }

  @Test
  void one_account_leaves_room_for_others() {
    jobs.open(ALICE, "one");
    jobs.open(ALICE, "two");
    assertThatThrownBy(() -> jobs.open(ALICE, "three"))
        .isInstanceOf(TryAgainLaterException.class)
        .hasMessageContaining("2 jobs of this account");
    assertThat(jobs.open(BOB, "one")).isNotNull();
  }

  @Test
  void a_job_whose_work_never_comes_ends_with_a_reason() throws Exception {
    Job job = jobs.open(ALICE, "archive");
    pass(Duration.ofMinutes(10).plusSeconds(1));

    jobs.sweep();

    assertThat(latest(jobs, job))
        .isEqualTo(new JobEvent.Failed("nothing was sent for this job within 10 minutes"));
  }

  @Test
  void a_job_that_waits_for_a_thread_of_the_hub_is_not_given_up() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CompletableFuture<String> busy =
        jobs.start(
            jobs.open(ALICE, "one"),
            progress -> {
              release.await();
              return "one";
            },
            JobsContract::ending);
    Job queued = jobs.open(ALICE, "two");
    CompletableFuture<String> later = jobs.start(queued, progress -> "two", JobsContract::ending);
    pass(Duration.ofHours(1));

    jobs.sweep();
    release.countDown();

    assertThat(Await.result(busy)).isEqualTo("one");
    assertThat(Await.result(later)).isEqualTo("two");
  }

  @Test
  void work_of_the_hub_itself_waits_for_no_thread() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CompletableFuture<String> busy =
        jobs.start(
            jobs.open(ALICE, "one"),
            progress -> {
              release.await();
              return "one";
            },
            JobsContract::ending);
    Job own = jobs.open(ALICE, "two");

    String ended = Await.result(jobs.startAtOnce(own, progress -> "two", JobsContract::ending));

    assertThat(ended).isEqualTo("two");
    assertThat(own.isOpen()).isFalse();
    assertThat(busy).isNotDone();
    release.countDown();
    assertThat(Await.result(busy)).isEqualTo("one");
  }

  @Test
  void work_of_the_hub_itself_can_be_cancelled() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Job own = jobs.open(ALICE, "own");
    CompletableFuture<String> waiting =
        jobs.startAtOnce(
            own,
            progress -> {
              begun.countDown();
              new CountDownLatch(1).await();
              return "never";
            },
            JobsContract::ending);
    begun.await();

    own.cancel();

    assertThatThrownBy(() -> Await.result(waiting))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(JobCancelledException.class);
  }

  @Test
  void ended_jobs_are_forgotten_after_a_while() throws Exception {
    Job job = jobs.open(ALICE, "archive");
    jobs.run(job, progress -> "x", JobsContract::ending);
    pass(Duration.ofMinutes(4));
    jobs.sweep();
    assertThat(jobs.find(job.id())).isPresent();

    pass(Duration.ofMinutes(2));
    jobs.sweep();

    assertThat(jobs.find(job.id())).isEmpty();
  }

  @Test
  void many_ended_jobs_are_forgotten_sooner_the_oldest_first() throws Exception {
    List<Job> ended = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Job job = jobs.open(ALICE, "archive");
      jobs.run(job, progress -> "x", JobsContract::ending);
      ended.add(job);
    }

    jobs.sweep();

    assertThat(ended.stream().filter(job -> jobs.find(job.id()).isPresent()).toList())
        .isEqualTo(ended.subList(8, 20));
  }

  @Test
  void a_hub_that_stops_ends_its_jobs_with_a_reason() throws Exception {
    Job running = jobs.open(ALICE, "image");
    CountDownLatch begun = new CountDownLatch(1);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    CountDownLatch ended = new CountDownLatch(1);
    CompletableFuture<String> result =
        jobs.start(
            running,
            progress -> {
              begun.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                thrown.set(e);
                throw e;
              } finally {
                ended.countDown();
              }
              return "x";
            },
            JobsContract::ending);
    Await.open("the work begins", begun);

    jobs.close();

    Await.open("the work ends", ended);
    assertThatThrownBy(() -> Await.result(result)).isInstanceOf(ExecutionException.class);
    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    assertThat(running.latest().event().json().getString("message")).contains("the hub stops");
  }

  @Test
  void events_after_a_number_are_the_newer_ones_only() throws Exception {
    Job job = jobs.open(ALICE, "archive");
    long first = job.latest().number();
    assertThat(job.after(first)).isEmpty();

    jobs.run(job, progress -> "x", JobsContract::ending);

    assertThat(job.after(first)).contains(job.latest());
    assertThat(job.after(job.latest().number())).isEmpty();
  }

  protected static JsonObject ending(String result) {
    return Json.createObjectBuilder().add("filename", result).build();
  }
}
