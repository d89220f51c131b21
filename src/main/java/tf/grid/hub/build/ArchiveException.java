package tf.grid.hub.build;

/** An archive cannot become a flist. The message is for the person who sent it. */
public final class ArchiveException extends Exception {
  private static final long serialVersionUID = 1;

  /** Says what is wrong with the archive, or which limit it goes over. */
  public ArchiveException(String message) {
    super(message);
  }

  /** Says what is wrong with the archive, as a reader of it found. */
  public ArchiveException(String message, Throwable cause) {
    super(message, cause);
  }
}
