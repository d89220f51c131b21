package tf.grid.hub.upload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tf.grid.hub.http.form.FormPart;

/** The {@code metadata-<key>} fields of an upload form, limited in size. Not thread-safe. */
final class FormMetadata {
  private static final String PREFIX = "metadata-";
  private static final int MAX_KEY_CHARACTERS = 64;
  private static final int MAX_BYTES = 1024 * 1024;

  /** Keys that only the hub and image conversions set; ignored in forms. */
  private static final Set<String> RESERVED =
      Set.of("readme", "backend", "entrypoint", "environ", "port", "volume");

  private final Map<String, String> values = new TreeMap<>();
  private int bytes;

  /** Adds a field if it is metadata; a later field replaces an earlier one with the same key. */
  void take(FormPart field) throws IOException {
    if (!field.name().startsWith(PREFIX)) {
      return;
    }
    String key = field.name().substring(PREFIX.length());
    if (RESERVED.contains(key)) {
      return;
    }
    if (key.length() > MAX_KEY_CHARACTERS) {
      throw new UploadRejectedException(
          "metadata keys have at most " + MAX_KEY_CHARACTERS + " characters: " + key);
    }
    values.put(key, read(field.body()));
  }

  private String read(InputStream body) throws IOException {
    byte[] value = body.readNBytes(MAX_BYTES - bytes + 1);
    bytes += value.length;
    if (bytes > MAX_BYTES) {
      throw new UploadRejectedException(
          "the metadata fields have more than " + MAX_BYTES + " bytes");
    }
    return new String(value, StandardCharsets.UTF_8);
  }

  Map<String, String> values() {
    return values;
  }
}
