package tf.grid.hub.image.export;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tf.grid.hub.http.json.StructuredText;
import tf.grid.hub.image.reference.Digest;
import tf.grid.hub.image.reference.InvalidReferenceException;
import tf.grid.hub.image.reference.Platform;

/**
 * The configuration of an image (OCI image specification 1.1) from the metadata of a flist: the
 * reverse of {@link tf.grid.hub.image.config.ImageMetadata}. Metadata of another form is ignored,
 * because uploaded flists may have any text there.
 */
final class ExportedConfig {
  /** Flists have no creation time, and the same flist gives the same image. */
  private static final String CREATED = "1970-01-01T00:00:00Z";

  private static final Pattern PORT = Pattern.compile("(tcp|udp|sctp)/([0-9]{1,5})");

  private ExportedConfig() {}

  /**
   * Returns the configuration as JSON.
   *
   * @param layer digest of the only layer
   */
  static JsonObject of(Map<String, String> metadata, Digest layer) {
    Platform platform = platform(metadata);
    JsonObjectBuilder image = Json.createObjectBuilder();
    image.add("created", CREATED);
    image.add("architecture", platform.architecture());
    platform.variant().ifPresent(variant -> image.add("variant", variant));
    image.add("os", platform.os());
    image.add("config", config(metadata));
    image.add(
        "rootfs",
        Json.createObjectBuilder()
            .add("type", "layers")
            .add("diff_ids", Json.createArrayBuilder().add(layer.toString())));
    image.add(
        "history",
        Json.createArrayBuilder()
            .add(
                Json.createObjectBuilder()
                    .add("created", CREATED)
                    .add("created_by", "Zero-OS hub")));
    return image.build();
  }

  private static Platform platform(Map<String, String> metadata) {
    JsonValue platform = object(metadata, "image").get("platform");
    try {
      return platform instanceof JsonString text
          ? Platform.parse(text.getString())
          : Platform.DEFAULT;
    } catch (InvalidReferenceException e) {
      return Platform.DEFAULT;
    }
  }

  private static JsonObject config(Map<String, String> metadata) {
    JsonObjectBuilder config = Json.createObjectBuilder();
    JsonArrayBuilder environment = Json.createArrayBuilder();
    object(metadata, "environ")
        .forEach((name, value) -> text(value).ifPresent(v -> environment.add(name + "=" + v)));
    config.add("Env", environment);
    List<String> entrypoint = entrypoint(metadata.getOrDefault("entrypoint", ""));
    if (!entrypoint.isEmpty()) {
      config.add("Entrypoint", Json.createArrayBuilder(entrypoint));
    }
    String user = metadata.getOrDefault("user", "");
    if (!user.isEmpty()) {
      config.add("User", user);
    }
    JsonObjectBuilder ports = Json.createObjectBuilder();
    object(metadata, "port")
        .keySet()
        .forEach(
            port -> {
              Matcher parts = PORT.matcher(port);
              if (parts.matches()) {
                ports.add(parts.group(2) + "/" + parts.group(1), JsonValue.EMPTY_JSON_OBJECT);
              }
            });
    addUnlessEmpty(config, "ExposedPorts", ports.build());
    JsonObjectBuilder volumes = Json.createObjectBuilder();
    object(metadata, "volume")
        .keySet()
        .forEach(path -> volumes.add(path, JsonValue.EMPTY_JSON_OBJECT));
    addUnlessEmpty(config, "Volumes", volumes.build());
    JsonObjectBuilder labels = Json.createObjectBuilder();
    object(metadata, "labels")
        .forEach((name, value) -> text(value).ifPresent(v -> labels.add(name, v)));
    addUnlessEmpty(config, "Labels", labels.build());
    return config.build();
  }

  private static void addUnlessEmpty(JsonObjectBuilder config, String key, JsonObject value) {
    if (!value.isEmpty()) {
      config.add(key, value);
    }
  }

  /** The words of the array; other text is a command for the shell. */
  private static List<String> entrypoint(String text) {
    if (text.isBlank()) {
      return List.of();
    }
    return StructuredText.parse(text)
        .map(
            value ->
                value.getValueType() == JsonValue.ValueType.ARRAY
                    ? value.asJsonArray().stream().flatMap(word -> text(word).stream()).toList()
                    : List.<String>of())
        .orElseGet(() -> List.of("/bin/sh", "-c", text));
  }

  private static JsonObject object(Map<String, String> metadata, String key) {
    return StructuredText.parse(metadata.getOrDefault(key, ""))
        .filter(value -> value.getValueType() == JsonValue.ValueType.OBJECT)
        .map(JsonValue::asJsonObject)
        .orElse(JsonValue.EMPTY_JSON_OBJECT);
  }

  private static Optional<String> text(JsonValue value) {
    if (value instanceof JsonString string) {
      return Optional.of(string.getString());
    }
    return value instanceof JsonNumber number ? Optional.of(number.toString()) : Optional.empty();
  }
}
