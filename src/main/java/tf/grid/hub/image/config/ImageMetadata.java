package tf.grid.hub.image.config;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.build.tar.header.ExtendedAttributes;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.image.json.ImageJson;

/**
 * The metadata of an image in its flist: {@code entrypoint}, {@code environ}, {@code port}, {@code
 * volume}, {@code user}, {@code labels}, {@code image} and {@code xattr}.
 */
public final class ImageMetadata {
  /** All metadata of a flist is limited to 4 MiB, including other keys. */
  private static final int MOST_BYTES = 3 << 20;

  private static final Pattern PORT = Pattern.compile("([0-9]{1,5})(?:/([a-z0-9]+))?");

  private ImageMetadata() {}

  /**
   * Returns the metadata by key; values are JSON except for {@code user}.
   *
   * @param origin source of the image: reference, digest and others
   * @throws ArchiveException if it exceeds the limit of a flist
   */
  public static Map<String, String> of(
      ImageConfig image,
      Map<String, String> origin,
      SortedMap<FlistPath, ExtendedAttributes> attributes)
      throws ArchiveException {
    long raw = bytes(attributes);
    refuseTooMuch(raw); // before the copy is made
    Map<String, String> values = new LinkedHashMap<>();
    values.put("entrypoint", entrypoint(image));
    values.put("environ", object(image.environment()));
    values.put("port", ports(image));
    values.put("volume", volumes(image));
    if (!image.user().isEmpty()) {
      values.put("user", image.user());
    }
    if (!image.labels().isEmpty()) {
      values.put("labels", object(image.labels()));
    }
    values.put("image", object(origin));
    if (!attributes.isEmpty()) {
      values.put("xattr", ImageJson.inTurn(raw, () -> attributes(attributes)));
    }
    refuseTooMuch(bytes(values));
    return values;
  }

  private static String entrypoint(ImageConfig image) {
    JsonArrayBuilder words = Json.createArrayBuilder();
    StartupFile.program(image).forEach(words::add);
    return words.build().toString();
  }

  /** Converts {@code 80/tcp} of the image to {@code tcp/80}, mapped to the same port. */
  private static String ports(ImageConfig image) {
    JsonObjectBuilder ports = Json.createObjectBuilder();
    for (String exposed : image.ports()) {
      Matcher matcher = PORT.matcher(exposed);
      if (matcher.matches()) {
        String protocol = matcher.group(2) == null ? "tcp" : matcher.group(2);
        int number = Integer.parseInt(matcher.group(1));
        ports.add(protocol + "/" + number, number);
      }
    }
    return ports.build().toString();
  }

  private static String volumes(ImageConfig image) {
    JsonObjectBuilder volumes = Json.createObjectBuilder();
    image.volumes().forEach(path -> volumes.add(path, JsonObject.EMPTY_JSON_OBJECT));
    return volumes.build().toString();
  }

  private static String object(Map<String, String> values) {
    JsonObjectBuilder object = Json.createObjectBuilder();
    values.forEach(object::add);
    return object.build().toString();
  }

  private static String attributes(SortedMap<FlistPath, ExtendedAttributes> attributes) {
    JsonObjectBuilder paths = Json.createObjectBuilder();
    attributes.forEach(
        (path, values) -> {
          JsonObjectBuilder names = Json.createObjectBuilder();
          values
              .values()
              .forEach(
                  (name, value) ->
                      names.add(name, Base64.getEncoder().encodeToString(value.bytes())));
          paths.add("/" + path, names);
        });
    return paths.build().toString();
  }

  /** A lower bound of their size as JSON. */
  private static long bytes(SortedMap<FlistPath, ExtendedAttributes> attributes) {
    long bytes = 0;
    for (Map.Entry<FlistPath, ExtendedAttributes> entry : attributes.entrySet()) {
      bytes += entry.getKey().toString().length();
      bytes += entry.getValue().size();
    }
    return bytes;
  }

  private static long bytes(Map<String, String> values) {
    return values.values().stream()
        .mapToLong(value -> value.getBytes(StandardCharsets.UTF_8).length)
        .sum();
  }

  private static void refuseTooMuch(long bytes) throws ArchiveException {
    if (bytes > MOST_BYTES) {
      throw new ArchiveException(
          "the image has more configuration, labels and extended attributes than a flist can hold");
    }
  }
}
