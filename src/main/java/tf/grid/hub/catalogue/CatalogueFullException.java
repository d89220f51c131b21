package tf.grid.hub.catalogue;

import java.io.IOException;
import java.nio.file.Path;
import tf.grid.hub.store.DiskFull;

/** The disk of the catalogue, or its quota, has no room for a flist. The message is for users. */
public final class CatalogueFullException extends IOException {

  private static final long serialVersionUID = 1L;

  /** With less than this left, a failed write is taken to have failed for want of room. */
  private static final long NEXT_TO_NOTHING = 1 << 16;

  private CatalogueFullException(IOException cause) {
    super(
        "tried to store the flist but the disk is full: nothing was published, tell the operator"
            + " of this hub",
        cause);
  }

  /**
   * Names a failure by what happened.
   *
   * @param directory on the disk in question
   * @return the failure itself, if there is room
   */
  static IOException unlessRoom(Path directory, IOException failure) {
    boolean full =
        !(failure instanceof CatalogueFullException)
            && DiskFull.explains(failure, directory, NEXT_TO_NOTHING);
    return full ? new CatalogueFullException(failure) : failure;
  }
}
