package tf.grid.hub.wiring.property;

import java.util.Locale;
import java.util.regex.Pattern;

/** Tells addresses of this machine only, without asking a name server. */
public final class Loopback {

  private static final Pattern NAMES =
      Pattern.compile(
          "localhost|.+\\.localhost|127(\\.\\d{1,3}){3}|\\[?(::1|(0{1,4}:){7}0{0,3}1)\\]?");
  private static final Pattern WILDCARDS =
      Pattern.compile("\\*|0(\\.0){0,3}|\\[?(::|(0{1,4}:){7}0{1,4}|::ffff:0(\\.0){3})\\]?");

  private Loopback() {}

  /** Whether a host name or address means this machine only. */
  public static boolean names(String host) {
    return NAMES.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }

  /** Whether an address means all addresses of this machine: good to listen on, never to call. */
  public static boolean isWildcard(String host) {
    return WILDCARDS.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }
}
