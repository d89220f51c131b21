package tf.grid.hub.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import tf.grid.hub.job.FailureReason;
import tf.grid.hub.job.JobLimits;
import tf.grid.hub.job.Jobs;
import tf.grid.hub.wiring.config.HubConfiguration;
import tf.grid.hub.wiring.config.LimitSettings;

/** Puts together the jobs of the hub. */
@ApplicationScoped
public class JobProducer {

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration MEMORY = Duration.ofMinutes(10);

  /** Jobs wait for the network and the store as much as for the processor. */
  private static final int RUNNING_PER_PROCESSOR = 2;

  @Produces
  @ApplicationScoped
  FailureReason reasons() {
    return new Reasons();
  }

  @Produces
  @Singleton
  Jobs jobs(HubConfiguration configuration, FailureReason reasons, Clock clock, Closing closing) {
    int running = RUNNING_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
    LimitSettings settings = configuration.limits();
    // Who may have all jobs may have all threads, too.
    int each =
        settings.jobsPerAccount() < settings.jobs() ? running / RUNNING_PER_PROCESSOR : running;
    JobLimits limits =
        new JobLimits(settings.jobs(), settings.jobsPerAccount(), running, each, PATIENCE, MEMORY);
    return closing.later(new Jobs(limits, reasons, clock));
  }
}
