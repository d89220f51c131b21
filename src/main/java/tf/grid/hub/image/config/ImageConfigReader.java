package tf.grid.hub.image.config;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tf.grid.hub.image.PullException;
import tf.grid.hub.image.PullException.MalformedImageException;
import tf.grid.hub.image.json.ImageJson;
import tf.grid.hub.image.reference.Digest;
import tf.grid.hub.image.reference.InvalidReferenceException;
import tf.grid.hub.image.reference.Platform;

/**
 * Parses configurations as in the <a
 * href="https://github.com/opencontainers/image-spec/blob/v1.1.0/config.md">OCI image
 * specification</a>, and the similar output of engines. Values of unexpected types are treated as
 * missing, except for layers.
 */
public final class ImageConfigReader {
  private static final String WHAT = "the image's configuration";

  /** Typical images have dozens; each needs many times its length in memory. */
  private static final int MOST_TEXTS = 5_000;

  private ImageConfigReader() {}

  /**
   * Parses a configuration.
   *
   * @throws MalformedImageException if it is not a JSON object, too large, has too many parts, or
   *     invalid digests of layers
   */
  public static ImageConfig read(byte[] json) throws PullException {
    return ImageJson.read(json, WHAT, ImageConfigReader::parsed);
  }

  private static ImageConfig parsed(JsonReader reader) throws MalformedImageException {
    try {
      return config(ImageJson.object(reader, WHAT));
    } catch (InvalidReferenceException e) {
      throw new MalformedImageException(WHAT + " has a wrong digest: " + e.getMessage(), e);
    }
  }

  private static ImageConfig config(JsonObject image) throws MalformedImageException {
    // Engines capitalize the key.
    JsonObject run =
        image.containsKey("config") ? object(image, "config") : object(image, "Config");
    refuseTooMany(run);
    return new ImageConfig(
        platform(image),
        created(image),
        texts(run, "Entrypoint"),
        texts(run, "Cmd"),
        environment(texts(run, "Env")),
        text(run, "WorkingDir"),
        text(run, "User"),
        labels(run),
        List.copyOf(object(run, "ExposedPorts").keySet()),
        List.copyOf(object(run, "Volumes").keySet()),
        layers(object(image, "rootfs")));
  }

  private static void refuseTooMany(JsonObject run) throws MalformedImageException {
    for (Map.Entry<String, JsonValue> part : run.entrySet()) {
      int size = size(part.getValue());
      if (size > MOST_TEXTS) {
        throw new MalformedImageException(
            WHAT + " has " + size + " texts in one list; the most that is read are " + MOST_TEXTS);
      }
    }
  }

  private static int size(JsonValue value) {
    if (value instanceof JsonArray array) {
      return array.size();
    }
    return value instanceof JsonObject object ? object.size() : 0;
  }

  private static Platform platform(JsonObject image) {
    String os = either(image, "os", "Os");
    String architecture = either(image, "architecture", "Architecture");
    if (os.isEmpty() && architecture.isEmpty()) {
      return Platform.DEFAULT;
    }
    try {
      return Platform.of(os, architecture, either(image, "variant", "Variant"));
    } catch (InvalidReferenceException e) {
      return Platform.of("unknown", "unknown", "");
    }
  }

  private static Optional<Instant> created(JsonObject image) {
    try {
      return Optional.of(OffsetDateTime.parse(either(image, "created", "Created")).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** A variable without value is empty; the last one of the same name wins. */
  private static Map<String, String> environment(List<String> variables) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String variable : variables) {
      int equals = variable.indexOf('=');
      String name = equals < 0 ? variable : variable.substring(0, equals);
      values.put(name, equals < 0 ? "" : variable.substring(equals + 1));
    }
    values.remove("");
    return values;
  }

  private static Map<String, String> labels(JsonObject run) {
    Map<String, String> values = new LinkedHashMap<>();
    object(run, "Labels")
        .forEach(
            (name, value) -> {
              if (value instanceof JsonString text) {
                values.put(name, text.getString());
              }
            });
    return values;
  }

  private static List<Digest> layers(JsonObject rootfs) throws MalformedImageException {
    refuseTooMany(rootfs);
    return texts(rootfs, "diff_ids").stream().map(Digest::parse).toList();
  }

  private static JsonObject object(JsonObject parent, String key) {
    return parent.get(key) instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
  }

  private static String either(JsonObject parent, String key, String other) {
    String text = text(parent, key);
    return text.isEmpty() ? text(parent, other) : text;
  }

  private static String text(JsonObject parent, String key) {
    return parent.get(key) instanceof JsonString text ? text.getString() : "";
  }

  /** A list of strings; old images have a single string instead. */
  private static List<String> texts(JsonObject parent, String key) {
    List<String> texts = new ArrayList<>();
    if (parent.get(key) instanceof JsonString text) {
      texts.add(text.getString());
    } else if (parent.get(key) instanceof JsonArray array) {
      for (JsonValue value : array) {
        texts.add(text(value));
      }
    }
    return texts;
  }

  /** Go, which most writers of images are made with, reads null as an empty text. */
  private static String text(JsonValue value) {
    if (value == JsonValue.NULL) {
      return "";
    }
    return value instanceof JsonString text ? text.getString() : value.toString();
  }
}
