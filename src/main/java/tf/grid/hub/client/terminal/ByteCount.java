package tf.grid.hub.client.terminal;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes for people, in units of 1024. */
public final class ByteCount {
  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  private static final Pattern LISTED = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,2})?) KB");

  private ByteCount() {}

  /**
   * The size in a listing of a hub, in the same form as others.
   *
   * @param listed such as {@code 12.34 KB}, where a KB is 1024 bytes; printed as it is if it has
   *     another form
   */
  public static String ofListed(String listed) {
    Matcher size = LISTED.matcher(listed);
    return size.matches() ? of(Math.round(Double.parseDouble(size.group(1)) * 1024)) : listed;
  }

  /** Such as {@code 12 B} or {@code 1.5 MiB}. */
  public static String of(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = -1;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }
}
