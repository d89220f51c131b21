package tf.grid.hub.client.remote;

import java.io.IOException;

/** A hub rejected a request. The message is that of the hub. */
public final class HubException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;

  HubException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }
}
