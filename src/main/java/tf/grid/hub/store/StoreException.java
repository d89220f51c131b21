package tf.grid.hub.store;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import tf.grid.hub.problem.Problem;

/**
 * An operation of a chunk store failed. The message is for the operator and may have addresses in
 * it; clients get {@link #publicMessage}.
 */
public abstract sealed class StoreException extends RuntimeException implements Problem {
  private static final long serialVersionUID = 1;

  StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int status() {
    return 500;
  }

  @Override
  public abstract String publicMessage();

  @Override
  public void logTo(System.Logger log) {
    log.log(Level.WARNING, "chunk store: {0}", getMessage());
  }

  /** The store rejects this hub: a wrong password or namespace, or a read-only namespace. */
  public static final class StoreAccessDeniedException extends StoreException {
    private static final long serialVersionUID = 1;

    /** Names the operation and the failure. */
    public StoreAccessDeniedException(String message, Throwable cause) {
      super(message, cause);
    }

    @Override
    public String publicMessage() {
      return "the chunk store refuses this hub, tell its operator";
    }
  }

  /** The store returns other bytes than were put into it. */
  public static final class StoreCorruptException extends StoreException {
    private static final long serialVersionUID = 1;

    /** Names the operation and the failure. */
    public StoreCorruptException(String message, Throwable cause) {
      super(message, cause);
    }

    @Override
    public String publicMessage() {
      return "the chunk store is damaged, tell the operator of this hub";
    }
  }

  /** The store has no space left. */
  public static final class StoreFullException extends StoreException {
    private static final long serialVersionUID = 1;

    private final String space;

    /** Names the operation and the failure. */
    public StoreFullException(String message, Throwable cause) {
      this(message, cause, "");
    }

    private StoreFullException(String message, Throwable cause, String space) {
      super(message, cause);
      this.space = space;
    }

    /**
     * Names the operation and the failure on a disk of the hub.
     *
     * @param free bytes left
     */
    public static StoreFullException withFree(String message, Throwable cause, long free) {
      return new StoreFullException(message, cause, ", " + DiskFull.advice(free));
    }

    @Override
    public int status() {
      return 507;
    }

    @Override
    public String publicMessage() {
      return "the chunk store is full" + space;
    }
  }

  /** The same may succeed a little later: worth a retry of the client. */
  private abstract static sealed class PassingException extends StoreException {
    private static final long serialVersionUID = 1;

    private static final Duration PAUSE = Duration.ofSeconds(10);

    PassingException(String message, Throwable cause) {
      super(message, cause);
    }

    @Override
    public final int status() {
      return 503;
    }

    @Override
    public final Optional<Duration> retryAfter() {
      return Optional.of(PAUSE);
    }
  }

  /** The store did not answer in time. Only this kind is worth a retry of the hub. */
  public static final class StoreUnreachableException extends PassingException {
    private static final long serialVersionUID = 1;

    /** Names the operation and the failure. */
    public StoreUnreachableException(String message, Throwable cause) {
      super(message, cause);
    }

    @Override
    public String publicMessage() {
      return "the chunk store does not answer at the moment, try again later";
    }
  }

  /** A collection is deleting chunks that are asked for. The same is possible a little later. */
  public static final class ChunksBeingDeletedException extends PassingException {
    private static final long serialVersionUID = 1;

    /** Says how many chunks. */
    public ChunksBeingDeletedException(long count) {
      super(count + " chunks are being deleted because nothing referred to them", null);
    }

    @Override
    public String publicMessage() {
      return "some of the chunks are being deleted because no flist needed them, send it again";
    }
  }

  /** Chunks that were stored for a flist were deleted before it was published. */
  public static final class ChunksDeletedException extends PassingException {
    private static final long serialVersionUID = 1;

    /** Says which chunks. */
    public ChunksDeletedException(String message, Throwable cause) {
      super(message, cause);
    }

    @Override
    public String publicMessage() {
      return "some of the chunks were deleted before the flist was published, because that took"
          + " longer than unused chunks are kept: send it again";
    }
  }
}
