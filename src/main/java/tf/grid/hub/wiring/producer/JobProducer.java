package tf.grid.hub.wiring.producer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import tf.grid.hub.catalogue.postgresql.connection.Database;
import tf.grid.hub.catalogue.postgresql.connection.QuickDatabase;
import tf.grid.hub.catalogue.postgresql.job.DatabaseJobs;
import tf.grid.hub.job.JobLedger;
import tf.grid.hub.job.JobLimits;
import tf.grid.hub.job.Jobs;
import tf.grid.hub.job.Jobs.FailureMessage;
import tf.grid.hub.job.MemoryJobs;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.wiring.HubName;
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

  /** How long to wait for an answer of the database. */
  private static final int SOCKET_SECONDS = 5;

  @Produces
  @ApplicationScoped
  FailureMessage reasons() {
    return new JobFailureMessages();
  }

  /** Asks for the database only if names are kept there. */
  @Produces
  @Singleton
  Jobs jobs(
      HubConfiguration configuration,
      Instance<Database> database,
      Instance<QuickDatabase> quick,
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
    JobLedger ledger =
        configuration.catalogue().isDirectory()
            ? new MemoryJobs(limits)
            : new DatabaseJobs(quick.get(), HubName.current(), limits, ticker)
                .listening(database.get().ownConnections(SOCKET_SECONDS));
    return closing.later(new Jobs(limits, ledger, reasons, ticker));
  }
}
