package tf.grid.hub.http;

import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * The envelope of good answers to requests that act on the caller's own repository.
 *
 * @param <T> what the payload is; anything that the server can write as JSON
 * @param status always {@code success}
 * @param payload the data, or null for none: the field is then left out
 */
@JsonbPropertyOrder({"status", "payload"})
public record Answer<T>(String status, T payload) {

  private static final String SUCCESS = "success";

  /** Done, and there is nothing more to say. */
  public static Answer<Void> success() {
    return new Answer<>(SUCCESS, null);
  }

  /** Done, with data. */
  public static <T> Answer<T> of(T payload) {
    return new Answer<>(SUCCESS, payload);
  }
}
