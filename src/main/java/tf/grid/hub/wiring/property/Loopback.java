package tf.grid.hub.wiring.property;

import java.util.Locale;
import java.util.regex.Pattern;

/** Recognizes loopback addresses without DNS lookups. */
public final class Loopback {

  private static final Pattern NAMES =
      Pattern.compile(
          "localhost|.+\\.localhost|127(\\.\\d{1,3}){3}|\\[?(::1|(0{1,4}:){7}0{0,3}1)\\]?");
  private static final Pattern WILDCARDS =
      Pattern.compile("\\*|0(\\.0){0,3}|\\[?(::|(0{1,4}:){7}0{1,4}|::ffff:0(\\.0){3})\\]?");

  private Loopback() {}

  /** Whether a host name or address is a loopback address. */
  public static boolean names(String host) {
    return NAMES.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }

  /**
   * Whether an address is a wildcard, which servers can listen on but clients cannot connect to.
   */
  public static boolean isWildcard(String host) {
    return WILDCARDS.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }
}
