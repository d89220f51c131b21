package tf.grid.hub.http.form;

import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tf.grid.hub.http.body.BodyException.MalformedBodyException;
import tf.grid.hub.http.json.BoundedJson;

/** Reads text fields from a form or a JSON object. */
public final class TextFields {
  /** Maximum length of an unknown name in a message. */
  private static final int MOST_TOLD = 60;

  private TextFields() {}

  /**
   * Reads the fields. In JSON, null is an empty text, and an array is its texts joined by spaces.
   *
   * @param contentType JSON, or anything else for a form; may be null
   * @param body of limited length
   * @param known names that fields may have
   * @throws MalformedBodyException if it is malformed or has other fields
   */
  public static Map<String, String> read(String contentType, InputStream body, Set<String> known)
      throws IOException {
    byte[] bytes = body.readAllBytes();
    Map<String, String> fields =
        isJson(contentType)
            ? texts(BoundedJson.object(bytes))
            : UrlEncodedForm.fields(new String(bytes, StandardCharsets.UTF_8));
    for (String name : fields.keySet()) {
      if (!known.contains(name)) {
        String told = name.length() > MOST_TOLD ? name.substring(0, MOST_TOLD) + "…" : name;
        throw new MalformedBodyException("there is no field '" + told + "' here");
      }
    }
    return fields;
  }

  private static boolean isJson(String contentType) {
    return contentType != null
        && contentType.strip().toLowerCase(Locale.ROOT).startsWith("application/json");
  }

  private static Map<String, String> texts(Map<String, JsonValue> object) {
    Map<String, String> texts = new HashMap<>();
    object.forEach((name, value) -> texts.put(name, several(value)));
    return texts;
  }

  private static String several(JsonValue value) {
    if (value == JsonValue.NULL) {
      return "";
    }
    return value instanceof JsonArray array
        ? array.stream().map(TextFields::text).collect(Collectors.joining(" "))
        : text(value);
  }

  /** Values of other types are passed on as text; the validation of the field rejects them. */
  private static String text(JsonValue value) {
    return value instanceof JsonString text ? text.getString() : value.toString();
  }
}
