package tf.grid.hub.build;

import tf.grid.hub.problem.Problem;

/**
 * An archive cannot become a flist. The message is for its sender; clients recognize the failure by
 * the status 500.
 */
public final class ArchiveException extends Exception implements Problem {
  private static final long serialVersionUID = 1;

  /** Says what is wrong with the archive, or which limit it goes over. */
  public ArchiveException(String message) {
    super(message);
  }

  /** Says what is wrong with the archive, as a reader of it found. */
  public ArchiveException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int status() {
    return 500;
  }
}
