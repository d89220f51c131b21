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
import tf.grid.hub.http.body.MalformedBodyException;
import tf.grid.hub.http.json.BoundedJson;

/** Reads fields that are texts, from a form or from a JSON object. */
public final class TextFields {
  /** As much of a wrong name is told. */
  private static final int MOST_TOLD = 60;

  private TextFields() {}

  /**
   * Reads them. What is null in JSON is empty; an array counts as its texts with blanks between
   * them.
   *
   * @param contentType anything but JSON stands for a form; may be null
   * @param body of bounded length
   * @param known names that fields may have
   * @throws MalformedBodyException when it is neither, or has other fields
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

  /** What is no text can be nothing good, and is told so by who knows what it should be. */
  private static String text(JsonValue value) {
    return value instanceof JsonString text ? text.getString() : value.toString();
  }
}
