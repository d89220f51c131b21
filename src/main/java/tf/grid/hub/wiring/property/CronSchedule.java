package tf.grid.hub.wiring.property;

import jakarta.enterprise.concurrent.CronTrigger;
import jakarta.enterprise.concurrent.LastExecution;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * A cron schedule in UTC. The class of Jakarta Concurrency 3.0 fails with an index of -1 when it is
 * asked earlier in the day than the first hour of the schedule. Thread-safe.
 */
final class CronSchedule extends CronTrigger {

  CronSchedule(String expression) {
    super(expression, ZoneOffset.UTC);
  }

  @Override
  public ZonedDateTime getNextRunTime(LastExecution last, ZonedDateTime scheduled) {
    try {
      return super.getNextRunTime(last, scheduled);
    } catch (IndexOutOfBoundsException beforeTheFirstHour) {
      ZonedDateTime from =
          last == null
              ? scheduled.withZoneSameInstant(ZoneOffset.UTC)
              : last.getRunEnd(ZoneOffset.UTC);
      // Nothing is due between midnight and now.
      return super.getNextRunTime(null, from.truncatedTo(ChronoUnit.DAYS).minusMinutes(1));
    }
  }
}
