package tf.grid.hub.space;

import java.lang.System.Logger.Level;
import tf.grid.hub.problem.Problem;

/** A collection was not started, or stopped without deleting anything more. For administrators. */
public final class CollectionException extends RuntimeException implements Problem {
  private static final long serialVersionUID = 1;

  private final int status;

  private CollectionException(int status, String message, Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  /** Only one runs at a time. */
  static CollectionException running() {
    return new CollectionException(
        409, "a collection is running: wait for its end, or cancel its job", null);
  }

  /** Only one check runs at a time. */
  static CollectionException checking() {
    return new CollectionException(
        409, "a check is running: wait for its end, or cancel its job", null);
  }

  /** Retention rules are applied once at a time. */
  static CollectionException applyingRules() {
    return new CollectionException(
        409, "retention rules are being applied: wait for the end, or cancel the job", null);
  }

  /** The configured store cannot list and delete chunks. */
  static CollectionException impossible() {
    return new CollectionException(
        501,
        "this hub cannot find out which chunks are unused: the chunk store does not list them",
        null);
  }

  /** Something is wrong with the catalogue or the disk, found before the first deletion. */
  static CollectionException nothingDeleted(String why, Throwable cause) {
    return new CollectionException(500, "nothing was deleted: " + why, cause);
  }

  /** It is not known whether another hub does the same. */
  static CollectionException notBegun(String why, Throwable cause) {
    return new CollectionException(503, "nothing was begun: " + why, cause);
  }

  /** Temporary files could not be read or written. */
  static CollectionException stopped(String why, Throwable cause) {
    return new CollectionException(500, "the collection stopped: " + why, cause);
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public void logTo(System.Logger log) {
    log.log(Level.WARNING, "collection: {0}", getMessage());
  }
}
