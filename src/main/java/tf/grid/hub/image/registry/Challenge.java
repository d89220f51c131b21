package tf.grid.hub.image.registry;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a registry wants clients to authenticate: the header {@code WWW-Authenticate} of RFC 9110.
 *
 * @param scheme {@code bearer} or {@code basic}
 * @param parameters parameters by name, in lower case
 */
record Challenge(String scheme, Map<String, String> parameters) {

  private static final int LONGEST = 8 << 10;
  private static final Pattern START =
      Pattern.compile("(?:^|,)\\s*(bearer|basic)(?=\\s|$|,)", Pattern.CASE_INSENSITIVE);
  private static final Pattern PARAMETER =
      Pattern.compile("([A-Za-z_]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s,\"]++))");

  /** Selects the best supported challenge in these headers: a token is preferred to a password. */
  static Optional<Challenge> best(String... headers) {
    Optional<Challenge> best = Optional.empty();
    for (String header : headers) {
      if (header.length() <= LONGEST) {
        Matcher start = START.matcher(header);
        while (start.find()) {
          Challenge found = of(start.group(1), header.substring(start.end()));
          if (best.isEmpty() || found.isBearer()) {
            best = Optional.of(found);
          }
        }
      }
    }
    return best;
  }

  private static Challenge of(String scheme, String rest) {
    Matcher next = START.matcher(rest);
    Matcher parameter = PARAMETER.matcher(next.find() ? rest.substring(0, next.start()) : rest);
    Map<String, String> parameters = new HashMap<>();
    while (parameter.find()) {
      String quoted = parameter.group(2);
      String value = quoted == null ? parameter.group(3) : quoted.replaceAll("\\\\(.)", "$1");
      parameters.putIfAbsent(parameter.group(1).toLowerCase(Locale.ROOT), value);
    }
    return new Challenge(scheme.toLowerCase(Locale.ROOT), Map.copyOf(parameters));
  }

  boolean isBearer() {
    return scheme.equals("bearer");
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }
}
