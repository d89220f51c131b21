package tf.grid.hub.http;

import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * The envelope of successful responses to requests on the caller's own repository.
 *
 * @param <T> type of the payload, writable as JSON
 * @param status always {@code success}
 * @param payload the data; null is omitted
 */
@JsonbPropertyOrder({"status", "payload"})
public record Answer<T>(String status, T payload) {

  private static final String SUCCESS = "success";

  /** Returns a response without payload. */
  public static Answer<Void> success() {
    return new Answer<>(SUCCESS, null);
  }

  /** Returns a response with a payload. */
  public static <T> Answer<T> of(T payload) {
    return new Answer<>(SUCCESS, payload);
  }
}
