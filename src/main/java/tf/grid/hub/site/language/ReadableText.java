package tf.grid.hub.site.language;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Formats sizes, numbers and times in a language. Thread-safe. */
public final class ReadableText {

  private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Units of age, longest first; months and years of average length. */
  private static final List<Age> AGES =
      List.of(
          new Age("ago.years", ChronoUnit.YEARS.getDuration()),
          new Age("ago.months", ChronoUnit.MONTHS.getDuration()),
          new Age("ago.days", Duration.ofDays(1)),
          new Age("ago.hours", Duration.ofHours(1)),
          new Age("ago.minutes", Duration.ofMinutes(1)));

  private record Age(String key, Duration length) {}

  private final Language language;

  ReadableText(Language language) {
    this.language = language;
  }

  /**
   * Formats a size, such as {@code 1.4 MB}: powers of 1000, one decimal place below ten.
   *
   * @param bytes not negative
   */
  public String size(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = -1;
    // Values that would be rounded to four digits use the next unit.
    while (value >= 999.5) {
      value /= 1000;
      unit++;
    }
    return String.format(
        language.locale(), value < 9.95 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
  }

  /** Formats an exact size, such as {@code 1,400,321 bytes}. */
  public String bytes(long bytes) {
    return language.text("size.bytes", bytes);
  }

  /** Formats a number with separators, such as {@code 50,000}. */
  public String count(long number) {
    return String.format(language.locale(), "%,d", number);
  }

  /** Formats a share of a hundred, such as {@code 12.5 %}. */
  public String percent(double percent) {
    return String.format(language.locale(), "%.1f %%", percent);
  }

  /** Formats a time, such as {@code 2026-11-23 09:49 UTC}; empty for null. */
  public static String minute(Instant time) {
    return time == null ? "" : MINUTES.format(time);
  }

  /**
   * Formats the age of a time, such as {@code 3 days ago}, rounded down to the largest unit. A time
   * in the future, from a clock that is ahead, is {@code just now}.
   */
  public String ago(Instant time, Instant now) {
    Duration age = Duration.between(time, now);
    for (Age unit : AGES) {
      long number = age.dividedBy(unit.length());
      if (number > 0) {
        return language.text(unit.key(), number);
      }
    }
    return language.text("ago.now");
  }

  /** Formats a time in ISO 8601, to the second; empty for null. */
  public static String second(Instant time) {
    return time == null ? "" : time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
