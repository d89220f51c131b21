package tf.grid.hub.job;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tf.grid.hub.account.AccountName;

/** The jobs of a hub without others. A restart ends all of them. Thread-safe. */
public final class MemoryJobs implements JobLedger {

  private final JobLimits limits;
  private final Map<JobId, Job> jobs = new LinkedHashMap<>();

  public MemoryJobs(JobLimits limits) {
    this.limits = limits;
  }

  @Override
  public void add(Job job) {
    synchronized (jobs) {
      List<Job> open = open();
      limits.refuseMore(
          open.size(), open.stream().filter(other -> other.owner().equals(job.owner())).count());
      jobs.put(job.id(), job);
    }
  }

  @Override
  public boolean take(Job job) {
    return true;
  }

  @Override
  public Optional<Job> find(JobId id) {
    synchronized (jobs) {
      return Optional.ofNullable(jobs.get(id));
    }
  }

  @Override
  public List<Job> of(AccountName owner) {
    List<Job> own = new ArrayList<>();
    synchronized (jobs) {
      jobs.values().stream().filter(job -> job.owner().equals(owner)).forEach(own::add);
    }
    Collections.reverse(own);
    return own;
  }

  @Override
  public List<Job> open() {
    return own().stream().filter(Job::isOpen).toList();
  }

  @Override
  public List<Job> own() {
    synchronized (jobs) {
      return List.copyOf(jobs.values());
    }
  }

  @Override
  public void sweep() {
    List<Job> late;
    synchronized (jobs) {
      late = jobs.values().stream().filter(job -> job.hasWaited(limits.maxWait())).toList();
      jobs.values().removeIf(job -> job.hasEndedFor(limits.memory()));
      forgetOldest();
    }
    late.forEach(job -> job.end(limits.waitedTooLong()));
  }

  private void forgetOldest() {
    List<Job> ended = jobs.values().stream().filter(job -> !job.isOpen()).toList();
    ended.stream()
        .limit(Math.max(0, ended.size() - limits.remembered()))
        .map(Job::id)
        .forEach(jobs::remove);
  }

  @Override
  public void close() {
    // Nothing runs here.
  }
}
