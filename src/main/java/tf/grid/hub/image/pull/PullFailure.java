package tf.grid.hub.image.pull;

import java.io.IOException;

/** An image could not be had. The message is one line for users, without secrets. */
public abstract sealed class PullFailure extends IOException
    permits AccessDenied,
        AddressForbidden,
        EngineUnavailable,
        ImageBroken,
        ImageNotFound,
        ImageUnsupported,
        SourceUnreachable,
        TooManyPulls {
  private static final long serialVersionUID = 1;

  PullFailure(String message) {
    super(message);
  }

  PullFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
