package tf.grid.hub.image;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import tf.grid.hub.problem.Problem;

/**
 * An image could not be pulled. The message is one line for users, without secrets. Clients
 * recognize the failure by the status 500 and the beginning of the message.
 */
public abstract sealed class PullException extends IOException implements Problem {
  private static final long serialVersionUID = 1;

  PullException(String message) {
    super(message);
  }

  PullException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int status() {
    return 500;
  }

  @Override
  public String publicMessage() {
    return "could not pull this image: " + getMessage();
  }

  /** The pull rate limit of the registry is reached. */
  public static final class PullRateLimitException extends PullException {
    private static final long serialVersionUID = 1;

    private final Duration pause;

    /**
     * Names the registry.
     *
     * @param pause that the registry asked for, if it did
     */
    public PullRateLimitException(String message, Optional<Duration> pause) {
      super(message);
      this.pause = pause.orElse(null);
    }

    /** The pause that the registry asked for, if it did. */
    @Override
    public Optional<Duration> retryAfter() {
      return Optional.ofNullable(pause);
    }
  }

  /** The registry wants credentials, or others than these. */
  public static final class RegistryAccessDeniedException extends PullException {
    private static final long serialVersionUID = 1;

    /** Says who refused whom. */
    public RegistryAccessDeniedException(String message) {
      super(message);
    }
  }

  /** What a registry sent is not what it announced: cut off, changed, malformed or absurd. */
  public static final class MalformedImageException extends PullException {
    private static final long serialVersionUID = 1;

    /** Says what is wrong. */
    public MalformedImageException(String message) {
      super(message);
    }

    /** Says what is wrong, with the error behind it for the log. */
    public MalformedImageException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The address is in a network that pulls may not reach. */
  public static final class AddressForbiddenException extends PullException {
    private static final long serialVersionUID = 1;

    /** Says which address. */
    public AddressForbiddenException(String message) {
      super(message);
    }
  }

  /** The image is whole, but of a kind that the hub does not convert, or for another platform. */
  public static final class UnsupportedImageException extends PullException {
    private static final long serialVersionUID = 1;

    /** Says what is not supported and what would be. */
    public UnsupportedImageException(String message) {
      super(message);
    }
  }

  /** The registry or the engine knows no image of this name, or none of this version. */
  public static final class ImageNotFoundException extends PullException {
    private static final long serialVersionUID = 1;

    /** Names the image. */
    public ImageNotFoundException(String message) {
      super(message);
    }

    @Override
    public String publicMessage() {
      return "docker image not found: " + getMessage();
    }
  }

  /** A registry cannot be reached, or fails. Another try later may succeed. */
  public static sealed class SourceUnreachableException extends PullException
      permits NotConnectedException {
    private static final long serialVersionUID = 1;

    /** Says who failed and how. */
    public SourceUnreachableException(String message) {
      super(message);
    }

    /** Says who failed and how, with the error behind it for the log. */
    public SourceUnreachableException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The container engine does not answer at the configured address. */
  public static final class EngineUnavailableException extends PullException {
    private static final long serialVersionUID = 1;

    /** Says where it should be. */
    public EngineUnavailableException(String message) {
      super(message);
    }

    /** Says where it should be, with the error behind it for the log. */
    public EngineUnavailableException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * A registry could not be connected to, and has said nothing at all: its name has no address, or
   * no connection or encryption came about.
   */
  public static final class NotConnectedException extends SourceUnreachableException {
    private static final long serialVersionUID = 1;

    /** Says who, with the error behind it for the log. */
    public NotConnectedException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
