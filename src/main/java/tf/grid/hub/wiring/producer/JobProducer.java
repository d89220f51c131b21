package tf.grid.hub.wiring.producer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import tf.grid.hub.job.Jobs;
import tf.grid.hub.job.Jobs.FailureMessage;
import tf.grid.hub.job.Jobs.JobLimits;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.wiring.ShutdownActions;
import tf.grid.hub.wiring.config.HubConfiguration;
import tf.grid.hub.wiring.config.limit.LimitSettings;

/** Produces the services for jobs. */
@ApplicationScoped
public class JobProducer {

  private static final Duration MAX_WAIT = Duration.ofMinutes(10);
  private static final Duration MEMORY = Duration.ofMinutes(10);

  /** More than one, because jobs also wait for the network and the store. */
  private static final int RUNNING_PER_PROCESSOR = 2;

  @Produces
  @ApplicationScoped
  FailureMessage reasons() {
    return new JobFailureMessages();
  }

  @Produces
  @Singleton
  Jobs jobs(
      HubConfiguration configuration,
      FailureMessage reasons,
      Ticker ticker,
      ShutdownActions closing) {
    int running = RUNNING_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
    LimitSettings settings = configuration.limits();
    // An account that may have all jobs may use all threads too.
    int each =
        settings.jobsPerAccount() < settings.jobs() ? running / RUNNING_PER_PROCESSOR : running;
    JobLimits limits =
        new JobLimits(settings.jobs(), settings.jobsPerAccount(), running, each, MAX_WAIT, MEMORY);
    return closing.later(new Jobs(limits, reasons, ticker));
  }
}
