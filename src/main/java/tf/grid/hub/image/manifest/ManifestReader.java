package tf.grid.hub.image.manifest;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.image.PullException;
import tf.grid.hub.image.PullException.MalformedImageException;
import tf.grid.hub.image.PullException.UnsupportedImageException;
import tf.grid.hub.image.json.ImageJson;
import tf.grid.hub.image.reference.Digest;
import tf.grid.hub.image.reference.InvalidReferenceException;
import tf.grid.hub.image.reference.Platform;

/**
 * Parses manifests and indexes of the <a
 * href="https://github.com/opencontainers/image-spec/blob/v1.1.0/manifest.md">OCI image
 * specification</a> and of Docker's schema 2.
 */
public final class ManifestReader {

  public static final List<String> MANIFEST_TYPES =
      List.of(
          "application/vnd.oci.image.manifest.v1+json",
          "application/vnd.docker.distribution.manifest.v2+json");

  public static final List<String> INDEX_TYPES =
      List.of(
          "application/vnd.oci.image.index.v1+json",
          "application/vnd.docker.distribution.manifest.list.v2+json");

  private static final String WHAT = "the image's manifest";

  private static final Set<String> CONFIG_TYPES =
      Set.of(
          "application/vnd.oci.image.config.v1+json",
          "application/vnd.docker.container.image.v1+json",
          // Written by Docker 1.10.
          "application/octet-stream");

  /** Used by entries that are not images. */
  private static final Platform UNKNOWN = Platform.of("unknown", "unknown", "");

  private static final int MOST_LAYERS = 1_000;
  private static final int MOST_ENTRIES = 10_000;

  private ManifestReader() {}

  /**
   * Parses a document.
   *
   * @throws MalformedImageException if it is malformed or too large
   * @throws UnsupportedImageException if it is of another kind
   */
  public static ManifestDocument read(byte[] json) throws PullException {
    return ImageJson.read(json, WHAT, ManifestReader::document);
  }

  private static ManifestDocument document(JsonReader reader)
      throws MalformedImageException, UnsupportedImageException {
    JsonObject document = ImageJson.object(reader, WHAT);
    refuseSchema1(document);
    refuseErrors(document);
    boolean image = has(document, "config") || has(document, "layers");
    if (image && has(document, "manifests")) {
      throw new MalformedImageException(WHAT + " is an image and a list of images at once");
    }
    if (!image && !document.containsKey("manifests")) {
      throw new MalformedImageException(
          WHAT + " is neither an image, with a 'config', nor a list of images, with 'manifests'");
    }
    try {
      return image ? manifest(document) : index(document);
    } catch (InvalidReferenceException e) {
      throw new MalformedImageException(WHAT + " has a wrong digest: " + e.getMessage(), e);
    }
  }

  /** Whether there is such a part; Go writes null for what is empty. */
  private static boolean has(JsonObject object, String key) {
    return object.getOrDefault(key, JsonValue.NULL) != JsonValue.NULL;
  }

  /** Some proxies send the error of a registry with the status of a success. */
  private static void refuseErrors(JsonObject document) throws MalformedImageException {
    if (document.get("errors") instanceof JsonArray) {
      throw new MalformedImageException(
          "there is a registry's error in place of the image's manifest");
    }
  }

  private static void refuseSchema1(JsonObject document) throws UnsupportedImageException {
    if (document.containsKey("fsLayers")
        || (document.get("schemaVersion") instanceof JsonNumber version
            && version.bigDecimalValue().compareTo(BigDecimal.ONE) == 0)) {
      throw new UnsupportedImageException(
          "the image has a manifest of schema 1, which is no longer supported: push it again with"
              + " a current client");
    }
  }

  private static ImageIndex index(JsonObject document) throws MalformedImageException {
    JsonArray manifests = list(document, "manifests");
    refuseTooMany(manifests, MOST_ENTRIES);
    List<ImageIndex.Entry> entries = new ArrayList<>();
    for (JsonValue value : manifests) {
      JsonObject entry = object(value, "an entry of 'manifests'");
      if (!isAttestation(entry)) {
        entries.add(new ImageIndex.Entry(descriptor(entry), platform(entry)));
      }
    }
    return new ImageIndex(entries);
  }

  /** Attestations of build tools are in the same list as images. */
  private static boolean isAttestation(JsonObject entry) {
    return entry.get("annotations") instanceof JsonObject annotations
        && annotations.containsKey("vnd.docker.reference.type");
  }

  private static Optional<Platform> platform(JsonObject entry) {
    if (!(entry.get("platform") instanceof JsonObject platform)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Platform.of(
              platform.getString("os", ""),
              platform.getString("architecture", ""),
              platform.getString("variant", "")));
    } catch (InvalidReferenceException e) {
      return Optional.of(UNKNOWN);
    }
  }

  private static ImageManifest manifest(JsonObject document)
      throws MalformedImageException, UnsupportedImageException {
    Descriptor config =
        descriptor(object(document.getOrDefault("config", JsonValue.NULL), "'config'"));
    refuseArtifact(document, config);
    JsonArray array = list(document, "layers");
    refuseTooMany(array, MOST_LAYERS);
    List<LayerDescriptor> layers = new ArrayList<>();
    for (JsonValue value : array) {
      layers.add(layer(descriptor(object(value, "a layer"))));
    }
    return new ImageManifest(config, layers);
  }

  private static void refuseArtifact(JsonObject document, Descriptor config)
      throws UnsupportedImageException {
    if (!CONFIG_TYPES.contains(config.mediaType())) {
      String type = document.getString("artifactType", config.mediaType());
      throw new UnsupportedImageException(
          "this is no container image but has the type " + shown(type));
    }
  }

  private static LayerDescriptor layer(Descriptor descriptor) throws UnsupportedImageException {
    String type = descriptor.mediaType();
    Optional<LayerCompression> compression = LayerCompression.ofMediaType(type);
    if (compression.isEmpty()) {
      throw new UnsupportedImageException(
          "the image has a layer of an unknown type, " + shown(type));
    }
    return new LayerDescriptor(
        type,
        compression.get(),
        descriptor.digest(),
        descriptor.size(),
        LayerCompression.isForeign(type));
  }

  private static Descriptor descriptor(JsonObject object) throws MalformedImageException {
    if (!(object.get("digest") instanceof JsonString digest)
        || !(object.get("size") instanceof JsonNumber size)) {
      throw new MalformedImageException(WHAT + " has a part without 'digest' or without 'size'");
    }
    String type = object.get("mediaType") instanceof JsonString text ? text.getString() : "";
    return new Descriptor(type, Digest.parse(digest.getString()), bytes(size.bigDecimalValue()));
  }

  private static long bytes(BigDecimal size) throws MalformedImageException {
    // Compare first: the exact value of 1e999999999 would fill the memory.
    if (size.signum() < 0 || size.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw new MalformedImageException(WHAT + " has an impossible size");
    }
    try {
      return size.longValueExact();
    } catch (ArithmeticException e) {
      throw new MalformedImageException(WHAT + " has a size that is no whole number", e);
    }
  }

  private static JsonObject object(JsonValue value, String what) throws MalformedImageException {
    if (value instanceof JsonObject object) {
      return object;
    }
    throw new MalformedImageException(
        WHAT + ": " + what + " has to be an object, but is " + ImageJson.kind(value));
  }

  /** A list; null and a missing one are empty. */
  private static JsonArray list(JsonObject document, String key) throws MalformedImageException {
    JsonValue value = document.getOrDefault(key, JsonValue.NULL);
    if (value instanceof JsonArray array) {
      return array;
    }
    if (value == JsonValue.NULL) {
      return JsonValue.EMPTY_JSON_ARRAY;
    }
    throw new MalformedImageException(
        WHAT + ": '" + key + "' has to be a list, but is " + ImageJson.kind(value));
  }

  private static void refuseTooMany(JsonArray array, int most) throws MalformedImageException {
    if (array.size() > most) {
      throw new MalformedImageException(
          WHAT + " has " + array.size() + " parts, more than " + most);
    }
  }

  private static String shown(String type) {
    String plain = type.replaceAll("[^!-~]", "?");
    return plain.isEmpty() ? "(none)" : plain.substring(0, Math.min(100, plain.length()));
  }
}
