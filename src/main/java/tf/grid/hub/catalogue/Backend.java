package tf.grid.hub.catalogue;

import jakarta.json.Json;
import jakarta.json.JsonObject;

/**
 * Where the chunks of this hub's flists are.
 *
 * @param host for clients
 * @param port of the 0-db protocol
 * @param namespace with the chunks
 */
public record Backend(String host, int port, String namespace) {

  /** As clients read it in the metadata of flists. */
  public JsonObject json() {
    return Json.createObjectBuilder()
        .add("host", host)
        .add("port", port)
        .add("namespace", namespace)
        .build();
  }
}
