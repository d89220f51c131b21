package tf.grid.hub.http.form;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tf.grid.hub.http.body.MalformedBodyException;

/**
 * Forms as browsers write them where no file is in them, see <a
 * href="https://url.spec.whatwg.org/#application/x-www-form-urlencoded">the URL standard</a>.
 */
public final class UrlEncodedForm {
  private UrlEncodedForm() {}

  /**
   * The fields of a form in UTF-8; of two of one name the later one counts.
   *
   * @throws MalformedBodyException when it is none
   */
  public static Map<String, String> fields(String form) throws MalformedBodyException {
    Map<String, String> fields = new HashMap<>();
    values(form).forEach((name, values) -> fields.put(name, values.get(values.size() - 1)));
    return fields;
  }

  /**
   * The fields of a form in UTF-8, of which some may be sent several times, as boxes to tick are.
   *
   * @throws MalformedBodyException when it is none
   */
  public static Map<String, List<String>> values(String form) throws MalformedBodyException {
    Map<String, List<String>> values = new HashMap<>();
    for (String pair : form.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        values
            .computeIfAbsent(decoded(pair.substring(0, equals)), name -> new ArrayList<>())
            .add(decoded(pair.substring(equals + 1)));
      }
    }
    return values;
  }

  /** The parameters of an address; those that are malformed are left out. */
  public static Map<String, String[]> query(String query) {
    Map<String, String[]> parameters = new HashMap<>();
    for (String pair : query == null ? new String[0] : query.split("&", -1)) {
      try {
        values(pair.indexOf('=') < 0 ? pair + "=" : pair)
            .forEach(
                (name, values) ->
                    parameters.merge(name, values.toArray(String[]::new), UrlEncodedForm::joined));
      } catch (MalformedBodyException e) {
        // As other servers do: what remains may still be a good question.
      }
    }
    return parameters;
  }

  private static String[] joined(String[] first, String[] second) {
    return Stream.of(first, second).flatMap(Arrays::stream).toArray(String[]::new);
  }

  private static String decoded(String text) throws MalformedBodyException {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new MalformedBodyException("the form has a '%' without two hexadecimal digits", e);
    }
  }
}
