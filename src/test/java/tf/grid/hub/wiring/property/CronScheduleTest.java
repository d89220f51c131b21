package tf.grid.hub.wiring.property;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CronScheduleTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 12, 23})
  void the_next_time_of_a_daily_schedule_is_known_at_every_hour(int hour) {
    ZonedDateTime now = ZonedDateTime.of(2026, 12, 1, hour, 7, 0, 0, ZoneOffset.UTC);
    assertThat(new CronSchedule("30 3 * * *").getNextRunTime(null, now))
        .isEqualTo(ZonedDateTime.of(2026, 12, hour <= 3 ? 1 : 2, 3, 30, 0, 0, ZoneOffset.UTC));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 11, 12, 23})
  void the_next_time_of_a_weekly_schedule_is_known_at_every_hour_of_its_day(int hour) {
    ZonedDateTime monday = ZonedDateTime.of(2026, 11, 30, hour, 7, 0, 0, ZoneOffset.UTC);
    assertThat(new CronSchedule("0 12 * * MON").getNextRunTime(null, monday))
        .isEqualTo(monday.withHour(12).withMinute(0).plusDays(hour < 12 ? 0 : 7));
  }
}
