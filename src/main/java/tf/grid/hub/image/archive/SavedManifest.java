package tf.grid.hub.image.archive;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tf.grid.hub.build.ArchiveRejected;
import tf.grid.hub.image.config.ImageConfig;
import tf.grid.hub.image.config.ImageConfigReader;
import tf.grid.hub.image.pull.ImageBroken;
import tf.grid.hub.image.reference.Digest;

/** Reads {@code manifest.json} of {@code docker save}: a list of images. Stateless. */
final class SavedManifest {
  private static final Pattern DIGEST_AS_NAME =
      Pattern.compile("(?:sha256:)?[0-9a-f]{64}(?:\\.json)?");
  private static final int MOST_IMAGES = 1_000;

  private SavedManifest() {}

  static List<Candidate> read(byte[] json, Members members) throws ImageBroken, ArchiveRejected {
    JsonArray images = images(json);
    List<Candidate> found = new ArrayList<>();
    for (JsonValue value : images) {
      if (!(value instanceof JsonObject image)
          || !(image.get("Config") instanceof JsonString config)
          || !(image.get("Layers") instanceof JsonArray layers)) {
        throw new ImageBroken("the archive's manifest.json names no configuration or layers");
      }
      found.add(candidate(config.getString(), texts(layers), image, members));
    }
    return found;
  }

  private static JsonArray images(byte[] json) throws ImageBroken {
    try (JsonReader reader = Json.createReader(new ByteArrayInputStream(json))) {
      JsonArray images = reader.readArray();
      if (images.size() > MOST_IMAGES) {
        throw new ImageBroken("the archive has more than " + MOST_IMAGES + " images");
      }
      return images;
    } catch (RuntimeException e) {
      // The parser's own for bad syntax, and others for too much depth.
      throw new ImageBroken("the archive's manifest.json is no list of images", e);
    }
  }

  private static Candidate candidate(
      String configPath, List<String> layers, JsonObject image, Members members)
      throws ImageBroken, ArchiveRejected {
    byte[] json =
        members
            .document(configPath)
            .orElseThrow(
                () -> new ArchiveRejected("the archive lacks the configuration " + configPath));
    Digest id = Digest.of(json);
    if (DIGEST_AS_NAME.matcher(configPath).matches() && !configPath.contains(id.hex())) {
      throw new ArchiveRejected(
          "the archive is damaged: the file " + configPath + " has the digest " + id);
    }
    ImageConfig config = ImageConfigReader.read(json);
    return new Candidate(config, id, Optional.empty(), name(image), layers);
  }

  private static Optional<String> name(JsonObject image) {
    return image.get("RepoTags") instanceof JsonArray tags
        ? texts(tags).stream().findFirst()
        : Optional.empty();
  }

  private static List<String> texts(JsonArray array) {
    return array.stream()
        .filter(JsonString.class::isInstance)
        .map(value -> ((JsonString) value).getString())
        .toList();
  }
}
