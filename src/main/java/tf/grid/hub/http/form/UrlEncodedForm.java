package tf.grid.hub.http.form;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tf.grid.hub.http.body.BodyException.MalformedBodyException;

/**
 * Parses URL-encoded forms, see <a
 * href="https://url.spec.whatwg.org/#application/x-www-form-urlencoded">the URL standard</a>.
 */
public final class UrlEncodedForm {
  private UrlEncodedForm() {}

  /**
   * Parses the fields of a form in UTF-8; of several with the same name, the last one is used.
   *
   * @throws MalformedBodyException if the form is malformed
   */
  public static Map<String, String> fields(String form) throws MalformedBodyException {
    Map<String, String> fields = new HashMap<>();
    values(form).forEach((name, values) -> fields.put(name, values.get(values.size() - 1)));
    return fields;
  }

  /**
   * Parses the fields of a form in UTF-8; fields such as checkboxes can occur several times.
   *
   * @throws MalformedBodyException if the form is malformed
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

  /** Parses the query of a URL; skips malformed parameters. */
  public static Map<String, String[]> query(String query) {
    Map<String, String[]> parameters = new HashMap<>();
    for (String pair : query == null ? new String[0] : query.split("&", -1)) {
      try {
        values(pair.indexOf('=') < 0 ? pair + "=" : pair)
            .forEach(
                (name, values) ->
                    parameters.merge(name, values.toArray(String[]::new), UrlEncodedForm::joined));
      } catch (MalformedBodyException e) {
        // As other servers do: the remaining parameters may suffice.
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
