package tf.grid.hub.catalogue.directory;

import tf.grid.hub.problem.Problem;

/** What was asked for works only on a catalogue in a directory. The message is for users. */
public final class NoDirectoryException extends RuntimeException implements Problem {

  private static final long serialVersionUID = 1L;
  private static final int NOT_IMPLEMENTED = 501;

  NoDirectoryException(String advice) {
    super("this is not possible with the catalogue in a database (hub.catalogue)" + advice);
  }

  @Override
  public int status() {
    return NOT_IMPLEMENTED;
  }
}
