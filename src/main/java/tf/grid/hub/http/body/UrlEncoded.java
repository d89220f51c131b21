package tf.grid.hub.http.body;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Forms as browsers write them where no file is in them, see <a
 * href="https://url.spec.whatwg.org/#application/x-www-form-urlencoded">the URL standard</a>.
 */
public final class UrlEncoded {
  private UrlEncoded() {}

  /**
   * The fields of a form in UTF-8; of two of one name the later one counts.
   *
   * @throws MalformedBody when it is none
   */
  public static Map<String, String> fields(String form) throws MalformedBody {
    Map<String, String> fields = new HashMap<>();
    for (String pair : form.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        fields.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return fields;
  }

  private static String decoded(String text) throws MalformedBody {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new MalformedBody("the form has a '%' without two hexadecimal digits", e);
    }
  }
}
