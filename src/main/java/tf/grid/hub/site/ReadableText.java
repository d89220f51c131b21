package tf.grid.hub.site;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Formats sizes, numbers and times for pages; the functions of the tag library. */
public final class ReadableText {

  private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private ReadableText() {}

  /**
   * Formats a size, such as {@code 1.4 MB}: powers of 1000, one decimal place below ten.
   *
   * @param bytes not negative
   */
  public static String size(long bytes) {
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
    return String.format(Locale.ROOT, value < 9.95 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
  }

  /** Formats an exact size, such as {@code 1,400,321 bytes}. */
  public static String bytes(long bytes) {
    return String.format(Locale.ROOT, bytes == 1 ? "%,d byte" : "%,d bytes", bytes);
  }

  /** Formats a number with separators, such as {@code 50,000}. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Formats a count, such as {@code 1 link} or {@code 50,000 links}. */
  public static String counted(long number, String one, String many) {
    return count(number) + " " + (number == 1 ? one : many);
  }

  /** Formats a time, such as {@code 2026-11-23 09:49 UTC}; empty for null. */
  public static String minute(Instant time) {
    return time == null ? "" : MINUTES.format(time);
  }

  /** Formats a time in ISO 8601, to the second; empty for null. */
  public static String second(Instant time) {
    return time == null ? "" : time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
