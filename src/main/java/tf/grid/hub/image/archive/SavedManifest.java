package tf.grid.hub.image.archive;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.image.PullException;
import tf.grid.hub.image.PullException.MalformedImageException;
import tf.grid.hub.image.json.ImageJson;
import tf.grid.hub.image.reference.Digest;

/** Reads {@code manifest.json} of {@code docker save}: a list of images. */
final class SavedManifest {
  private static final Pattern DIGEST_AS_NAME =
      Pattern.compile("(?:sha256:)?[0-9a-f]{64}(?:\\.json)?");
  private static final String WHAT = "the archive's manifest.json";
  private static final int MOST_IMAGES = 1_000;
  private static final int MOST_LAYERS = 10_000;

  private SavedManifest() {}

  static List<ImageCandidate> read(byte[] json, ArchivedConfigs configurations)
      throws PullException, ArchiveException {
    List<ImageCandidate> found = new ArrayList<>();
    for (SavedImage image : ImageJson.read(json, WHAT, SavedManifest::images)) {
      found.add(candidate(image, configurations));
    }
    return found;
  }

  /**
   * An image in the list.
   *
   * @param layers paths; limited in number for all images together
   */
  private record SavedImage(String config, List<String> layers, Optional<String> name) {}

  private static List<SavedImage> images(JsonReader reader) throws MalformedImageException {
    JsonArray values = array(reader);
    List<SavedImage> images = new ArrayList<>();
    int layers = 0;
    for (JsonValue value : values) {
      SavedImage image = image(value);
      images.add(image);
      layers += image.layers().size();
      if (layers > MOST_LAYERS) {
        throw new MalformedImageException(
            "the images of the archive have more than " + MOST_LAYERS + " layers");
      }
    }
    return images;
  }

  private static JsonArray array(JsonReader reader) throws MalformedImageException {
    JsonValue list = reader.readValue();
    if (list == JsonValue.NULL) {
      return JsonValue.EMPTY_JSON_ARRAY;
    }
    if (!(list instanceof JsonArray values)) {
      throw new MalformedImageException(
          WHAT + " is not a list of images but a JSON " + ImageJson.kind(list));
    }
    if (values.size() > MOST_IMAGES) {
      throw new MalformedImageException("the archive has more than " + MOST_IMAGES + " images");
    }
    return values;
  }

  private static SavedImage image(JsonValue value) throws MalformedImageException {
    if (!(value instanceof JsonObject image)
        || !(image.get("Config") instanceof JsonString config)) {
      throw new MalformedImageException(WHAT + " has an image without 'Config'");
    }
    return new SavedImage(config.getString(), layers(image), name(image));
  }

  /** Writers in Go, which are most, write an empty list as null. */
  private static List<String> layers(JsonObject image) throws MalformedImageException {
    JsonValue layers = image.getOrDefault("Layers", JsonValue.NULL);
    if (layers == JsonValue.NULL) {
      return List.of();
    }
    if (!(layers instanceof JsonArray list)) {
      throw new MalformedImageException(
          WHAT + ": 'Layers' has to be a list, but is " + ImageJson.kind(layers));
    }
    return texts(list);
  }

  private static ImageCandidate candidate(SavedImage image, ArchivedConfigs configurations)
      throws PullException, ArchiveException {
    String path = image.config();
    ArchivedConfigs.Configuration configuration =
        configurations
            .at(path)
            .orElseThrow(() -> new ArchiveException("the archive lacks the configuration " + path));
    Digest id = configuration.id();
    if (DIGEST_AS_NAME.matcher(path).matches() && !path.contains(id.hex())) {
      throw new ArchiveException(
          "the archive is damaged: the file " + path + " has the digest " + id);
    }
    return new ImageCandidate(
        configuration, Optional.of(id), Optional.empty(), image.name(), image::layers);
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
