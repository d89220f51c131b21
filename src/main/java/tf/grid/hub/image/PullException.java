package tf.grid.hub.image;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** An image could not be had. The message is one line for users, without secrets. */
public abstract sealed class PullException extends IOException {
  private static final long serialVersionUID = 1;

  PullException(String message) {
    super(message);
  }

  PullException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The registry grants no more pulls for now. */
  public static final class PullRateLimitException extends PullException {
    private static final long serialVersionUID = 1;

    private final Duration pause;

    /**
     * Says who refused.
     *
     * @param pause how long to wait, as far as the registry said so
     */
    public PullRateLimitException(String message, Optional<Duration> pause) {
      super(message);
      this.pause = pause.orElse(null);
    }

    /** How long to wait before another try, as far as the registry said so. */
    public Optional<Duration> pause() {
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

  /** An address leads into a network that the hub does not let strangers reach. */
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

    /** Says what was asked for. */
    public ImageNotFoundException(String message) {
      super(message);
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

  /** There is no container engine where the hub looks for one, or it does not answer. */
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
