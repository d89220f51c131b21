package tf.grid.hub.http.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/** The bytes of a file, any part of which can be had. To be closed when all is sent. */
@FunctionalInterface
public interface SeekableContent extends Closeable {

  /**
   * Writes a part.
   *
   * @param from the first byte, counted from 0
   * @param length bytes, all of which there are
   * @throws IOException if they cannot be had, or the stream fails
   */
  void writeTo(OutputStream out, long from, long length) throws IOException;

  /** Gives back what it holds. */
  @Override
  default void close() throws IOException {}
}
