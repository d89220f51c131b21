package tf.grid.hub.mirror.source;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import tf.grid.hub.http.json.BoundedJson;

/**
 * Where the metadata of a flist says that its chunks are.
 *
 * @param port 1 to 65535
 * @param namespace to select; empty for the default one
 * @param password of the namespace, if it has one
 */
record BackendAddress(String host, int port, String namespace, String password) {
  private static final String KEY = "backend";
  private static final String DEFAULT = "default";
  private static final int MOST_LENGTH = 255;

  /** The backend in the metadata; empty if there is none that can be used. */
  static Optional<BackendAddress> of(Map<String, String> metadata) {
    String text = metadata.get(KEY);
    if (text == null) {
      return Optional.empty();
    }
    try {
      JsonObject json = BoundedJson.object(text.getBytes(StandardCharsets.UTF_8));
      String host = text(json, "host");
      int port = json.get("port") instanceof JsonNumber number ? number.intValue() : 0;
      String namespace = text(json, "namespace");
      return host.isEmpty() || host.length() > MOST_LENGTH || port < 1 || port > 65_535
          ? Optional.empty()
          : Optional.of(
              new BackendAddress(
                  host, port, namespace.equals(DEFAULT) ? "" : namespace, text(json, "password")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String text(JsonObject json, String key) {
    return json.get(key) instanceof JsonString text ? text.getString() : "";
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "0-db at " + host + ":" + port;
  }
}
