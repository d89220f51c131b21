package tf.grid.hub.http.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/** Content with random access. Must be closed after use. */
@FunctionalInterface
public interface SeekableContent extends Closeable {

  /**
   * Writes a range.
   *
   * @param from offset of the first byte
   * @param length in bytes, within the content
   * @throws IOException if the content is unavailable or the stream fails
   */
  void writeTo(OutputStream out, long from, long length) throws IOException;

  @Override
  default void close() throws IOException {}
}
