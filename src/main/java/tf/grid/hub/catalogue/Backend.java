package tf.grid.hub.catalogue;

import jakarta.json.Json;
import jakarta.json.JsonObject;

/**
 * The server of the chunks of this hub's flists.
 *
 * @param host address for clients
 * @param port of the 0-db protocol
 * @param namespace of the chunks
 */
public record Backend(String host, int port, String namespace) {

  /** The form in the metadata of flists. */
  public JsonObject json() {
    return Json.createObjectBuilder()
        .add("host", host)
        .add("port", port)
        .add("namespace", namespace)
        .build();
  }
}
