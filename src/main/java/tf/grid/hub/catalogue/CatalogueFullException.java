package tf.grid.hub.catalogue;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import tf.grid.hub.problem.Problem;
import tf.grid.hub.store.DiskFull;

/** The disk of the catalogue, or its quota, has no space for a flist. The message is for users. */
public final class CatalogueFullException extends IOException implements Problem {

  private static final long serialVersionUID = 1L;

  /** With fewer bytes free than this, a failed write is attributed to the full disk. */
  private static final long NEXT_TO_NOTHING = 1 << 16;

  /**
   * Creates an exception.
   *
   * @param directory on the full disk
   */
  public CatalogueFullException(Path directory, IOException cause) {
    super(
        "tried to store the flist but the disk is full and nothing was published, "
            + DiskFull.advice(directory.toFile().getUsableSpace()),
        cause);
  }

  /**
   * Names a failure by what happened.
   *
   * @param directory on the disk in question
   * @return the failure itself, if there is room
   */
  public static IOException unlessRoom(Path directory, IOException failure) {
    boolean full =
        !(failure instanceof CatalogueFullException)
            && DiskFull.explains(failure, directory, NEXT_TO_NOTHING);
    return full ? new CatalogueFullException(directory, failure) : failure;
  }

  @Override
  public int status() {
    return 507;
  }

  @Override
  public void logTo(System.Logger log) {
    log.log(Level.WARNING, "{0}: {1}", getMessage(), getCause());
  }
}
