package tf.grid.hub.http.gzip;

import java.util.Arrays;
import java.util.regex.Pattern;

/** Who takes gzip. Stateless. */
public final class Gzip {

  private static final Pattern TAKEN =
      Pattern.compile("gzip(\\s*;\\s*q=(1.*|0\\.0*[1-9].*))?", Pattern.CASE_INSENSITIVE);

  private Gzip() {}

  /**
   * Whether a client takes it.
   *
   * @param accepted the header {@code Accept-Encoding}, such as {@code br;q=1, gzip}; a weight of
   *     nought excludes it; null if there is none
   */
  public static boolean isTaken(String accepted) {
    return accepted != null
        && Arrays.stream(accepted.split(",", -1))
            .map(String::strip)
            .anyMatch(coding -> TAKEN.matcher(coding).matches());
  }
}
