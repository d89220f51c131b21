package tf.grid.hub.catalogue;

import java.io.IOException;
import java.io.OutputStream;

/** The bytes of a flist that is about to be published. */
@FunctionalInterface
public interface FlistContent {

  /**
   * Writes all of it, once. The stream is the caller's to close.
   *
   * @throws IOException if it cannot be written: nothing is published then
   */
  void writeTo(OutputStream out) throws IOException;
}
