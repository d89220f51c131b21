package tf.grid.hub.site.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadableTextTest {
  private static final ReadableText ENGLISH = Bundles.language("en").readable();
  private static final ReadableText GERMAN = Bundles.language("de").readable();

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.0 kB",
    "1449, 1.4 kB",
    "9949, 9.9 kB",
    "9950, 10 kB",
    "999499, 999 kB",
    "999500, 1.0 MB",
    "1400321, 1.4 MB",
    "70368744177664, 70 TB",
    "9223372036854775807, 9.2 EB",
  })
  void sizes_have_two_or_three_digits_and_a_unit(long bytes, String text) {
    assertThat(ENGLISH.size(bytes)).isEqualTo(text);
  }

  @Test
  void exact_sizes_and_counts_have_separators() {
    assertThat(ENGLISH.bytes(1)).isEqualTo("1 byte");
    assertThat(ENGLISH.bytes(1_400_321)).isEqualTo("1,400,321 bytes");
    assertThat(ENGLISH.count(50_000)).isEqualTo("50,000");
  }

  @Test
  void times_are_utc_to_the_minute_for_people_and_to_the_second_for_programs() {
    Instant time = Instant.parse("2026-11-23T09:49:59.987654321Z");
    assertThat(ReadableText.minute(time)).isEqualTo("2026-11-23 09:49 UTC");
    assertThat(ReadableText.second(time)).isEqualTo("2026-11-23T09:49:59Z");
    assertThat(ReadableText.minute(null)).isEmpty();
    assertThat(ReadableText.second(null)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "PT-5S, just now",
    "PT59S, just now",
    "PT1M, 1 minute ago",
    "PT59M59S, 59 minutes ago",
    "PT1H, 1 hour ago",
    "PT47H, 1 day ago",
    "P30D, 30 days ago",
    "P31D, 1 month ago",
    "P364D, 11 months ago",
    "P800D, 2 years ago",
  })
  void ages_are_rounded_down_to_the_largest_unit(Duration age, String text) {
    Instant now = Instant.parse("2026-11-23T09:49:59Z");
    assertThat(ENGLISH.ago(now.minus(age), now)).isEqualTo(text);
  }

  @Test
  void german_has_its_own_separators_and_words() {
    assertThat(GERMAN.size(3_300_000)).isEqualTo("3,3 MB");
    assertThat(GERMAN.bytes(1_400_321)).isEqualTo("1.400.321 Bytes");
    assertThat(GERMAN.percent(12.5)).isEqualTo("12,5 %");
    Instant now = Instant.parse("2026-11-23T09:49:59Z");
    assertThat(GERMAN.ago(now.minus(Duration.ofDays(3)), now)).isEqualTo("vor 3 Tagen");
    assertThat(GERMAN.ago(now.minus(Duration.ofDays(1)), now)).isEqualTo("vor 1 Tag");
    assertThat(GERMAN.ago(now, now)).isEqualTo("gerade eben");
  }
}
