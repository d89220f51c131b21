package tf.grid.hub.build.limit;

import tf.grid.hub.problem.Problem;

/**
 * An archive is rejected. The message is for its sender. Existing clients expect the status 500.
 */
public final class ArchiveException extends Exception implements Problem {
  private static final long serialVersionUID = 1;

  /** Names the defect of the archive or the limit that it exceeds. */
  public ArchiveException(String message) {
    super(message);
  }

  /** Names the defect that a reader of the archive found. */
  public ArchiveException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int status() {
    return 500;
  }
}
