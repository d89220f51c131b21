package tf.grid.hub.mirror.source;

import java.io.IOException;
import tf.grid.hub.problem.Problem;

/** Another hub could not be read. The message is one line, without secrets. */
public abstract sealed class SourceException extends IOException implements Problem {
  private static final long serialVersionUID = 1;

  private static final int BAD_GATEWAY = 502;

  private SourceException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int status() {
    return BAD_GATEWAY;
  }

  /** The hub does not answer, or is too busy. Another attempt later may succeed. */
  public static final class SourceUnreachableException extends SourceException {
    private static final long serialVersionUID = 1;

    /** Says who and how. */
    public SourceUnreachableException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The hub does not have what it lists. */
  public static final class SourceGoneException extends SourceException {
    private static final long serialVersionUID = 1;

    /** Says what is missing. */
    public SourceGoneException(String message) {
      super(message, null);
    }
  }

  /** What the hub sent is not what a hub sends, or contradicts itself. */
  public static final class SourceDamagedException extends SourceException {
    private static final long serialVersionUID = 1;

    /** Says what is wrong. */
    public SourceDamagedException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** This hub does not connect to that address. */
  public static final class SourceForbiddenException extends SourceException {
    private static final long serialVersionUID = 1;

    /** Says which address, and how an operator can allow it. */
    public SourceForbiddenException(String message, Throwable cause) {
      super(message, cause);
    }

    @Override
    public int status() {
      return 400;
    }
  }
}
