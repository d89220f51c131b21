package tf.grid.hub.http.file;

import java.io.Closeable;
import java.io.IOException;

/** Content with random access. Must be closed after use. Used by one thread at a time. */
@FunctionalInterface
public interface SeekableContent extends Closeable {

  /**
   * Reads some bytes.
   *
   * @param position of the first byte, within the content
   * @return how many were read, at least one
   * @throws IOException if the content is unavailable
   */
  int read(long position, byte[] target, int offset, int length) throws IOException;

  /** The client does not take more at present: releases memory that can be filled again. */
  default void pause() {}

  @Override
  default void close() throws IOException {}
}
