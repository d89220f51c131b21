package tf.grid.hub.site.job;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.stream.Stream;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.job.Job;
import tf.grid.hub.job.JobEvent;
import tf.grid.hub.job.Jobs;

/** The running and recent jobs of the acting account that publish flists. */
@Named("work")
@RequestScoped
public class JobListView {

  private static final int MOST = 20;

  private final AccessControl access;
  private final Jobs jobs;
  private List<JobRow> rows;

  protected JobListView() {
    this(null, null);
  }

  @Inject
  public JobListView(AccessControl access, Jobs jobs) {
    this.access = access;
    this.jobs = jobs;
  }

  /** The jobs, the newest first, up to a limit. */
  public List<JobRow> getRows() {
    if (rows == null) {
      rows =
          access.current().stream()
              .flatMap(own -> jobs.of(own).stream())
              .filter(JobListView::publishes)
              .limit(MOST)
              .map(JobRow::of)
              .toList();
    }
    return rows;
  }

  /** Jobs of administrators end with a report. */
  private static boolean publishes(Job job) {
    return !(job.latest().event() instanceof JobEvent.Finished end)
        || Stream.of("file", "filename").anyMatch(end.info()::containsKey);
  }
}
