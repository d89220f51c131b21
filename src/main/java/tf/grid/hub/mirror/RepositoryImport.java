package tf.grid.hub.mirror;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Function;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.job.Job;
import tf.grid.hub.job.JobProgress;
import tf.grid.hub.job.Jobs;
import tf.grid.hub.mirror.copy.CopySource;
import tf.grid.hub.mirror.copy.RepositoryCopy;
import tf.grid.hub.mirror.copy.RepositoryVersions;

/**
 * Copies one repository of another hub into this one, as a job. Entries with the same names are
 * replaced, others stay. A copy that was interrupted can be repeated: chunks that are here are not
 * fetched again. Thread-safe.
 */
public final class RepositoryImport {
  private static final int MOST_FAILURES = 100;

  private final RepositoryCopy copies;
  private final Function<URI, CopySource> sources;
  private final Jobs jobs;

  /**
   * Creates an instance with its dependencies.
   *
   * @param sources opens a hub at an address
   */
  public RepositoryImport(RepositoryCopy copies, Function<URI, CopySource> sources, Jobs jobs) {
    this.copies = copies;
    this.sources = sources;
    this.jobs = jobs;
  }

  /**
   * What to copy.
   *
   * @param source address of the website of the other hub
   * @param from the repository there
   * @param to the repository here
   */
  public record Wish(URI source, RepositoryName from, RepositoryName to) {}

  /**
   * Starts the job.
   *
   * @param by its owner
   * @throws tf.grid.hub.limit.TryAgainLaterException if there are too many jobs
   */
  Job start(AccountName by, Wish wish) {
    Job job = jobs.open(by, "copying " + wish.from() + " from " + wish.source());
    Future<RepositoryVersions> unused =
        jobs.start(job, progress -> copy(wish, progress), RepositoryImport::ending);
    return job;
  }

  private RepositoryVersions copy(Wish wish, JobProgress progress) throws IOException {
    RepositoryVersions versions = new RepositoryVersions();
    RepositoryCopy.Task task =
        new RepositoryCopy.Task(
            sources.apply(wish.source()), wish.from(), wish.to(), versions, false);
    var unused = copies.copy(task, () -> {}, progress::fileDone);
    return versions;
  }

  private static JsonObject ending(RepositoryVersions versions) {
    List<String> failures = versions.failures(MOST_FAILURES);
    JsonArrayBuilder failed = Json.createArrayBuilder();
    failures.forEach(failed::add);
    return Json.createObjectBuilder().add("failed", failed).build();
  }
}
