package tf.grid.hub.http.body;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import tf.grid.hub.problem.Problem;

/** The body of a request cannot be used. The message is for its sender. */
public abstract sealed class BodyException extends IOException implements Problem {
  private static final long serialVersionUID = 1;

  private final int status;

  private BodyException(int status, String message, Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  @Override
  public int status() {
    return status;
  }

  /** The body is not valid in its format: a form, JSON, parameters. */
  public static final class MalformedBodyException extends BodyException {
    private static final long serialVersionUID = 1;

    /** Says what is wrong with the body. */
    public MalformedBodyException(String message) {
      this(message, null);
    }

    /** The same, with the failure that revealed it. */
    public MalformedBodyException(String message, Throwable cause) {
      super(400, message, cause);
    }
  }

  /** A form has no file that can be used. Existing clients expect the status 500. */
  public static final class MissingFileException extends BodyException {
    private static final long serialVersionUID = 1;

    /** Says what is missing. */
    public MissingFileException(String message) {
      super(500, message, null);
    }
  }

  /** The body is longer than its limit. */
  public static final class BodyTooLargeException extends BodyException {
    private static final long serialVersionUID = 1;

    BodyTooLargeException(long limit) {
      super(
          413,
          "the body has more than " + limit + " bytes, the most that this hub takes at once",
          null);
    }
  }

  /** The client disconnected, or was too slow, before the end of the body. */
  public static final class BodyCutOffException extends BodyException {
    private static final long serialVersionUID = 1;

    BodyCutOffException(String when, IOException cause) {
      super(400, "the body was cut off " + when, cause);
    }
  }

  /** The body came so slowly that others got its place. */
  public static final class BodyTooSlowException extends BodyException {
    private static final long serialVersionUID = 1;

    private static final Duration PAUSE = Duration.ofSeconds(10);

    /** More bodies are awaited than the hub has threads for, and this one for the longest time. */
    public static BodyTooSlowException amongTooMany() {
      return new BodyTooSlowException(
          "did not come while the hub waited for too many: try again later");
    }

    BodyTooSlowException(String how) {
      super(408, "the body " + how, null);
    }

    @Override
    public Optional<Duration> retryAfter() {
      return Optional.of(PAUSE);
    }
  }
}
