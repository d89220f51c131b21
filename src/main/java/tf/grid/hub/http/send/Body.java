package tf.grid.hub.http.send;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * The body of a response, read piece by piece as fast as the client takes it. Must be closed after
 * use. Used by one thread at a time.
 */
@FunctionalInterface
public interface Body extends Closeable {

  /** Bytes that are read at once. */
  int PIECE = 4 << 10;

  /**
   * Reads the next bytes.
   *
   * @return how many were read, at least one; -1 at the end
   * @throws IOException if the content is unavailable
   */
  int read(byte[] target, int offset, int length) throws IOException;

  /** The client does not take more at present: releases memory that can be filled again. */
  default void pause() {}

  /** Releases resources. */
  @Override
  default void close() throws IOException {}

  /** A body without bytes. */
  static Body none() {
    return (target, offset, length) -> -1;
  }

  /** A body in memory; the array is not copied, and may be shared by many responses. */
  static Body of(byte[] bytes) {
    return new BytesBody(bytes);
  }

  /**
   * Whether so little is left that it fits in the buffer of the socket, together with all other
   * responses that a connection may carry.
   */
  default boolean isShort() {
    return false;
  }

  /** Writes all of it to a stream, however long that takes. */
  default void writeTo(OutputStream out) throws IOException {
    byte[] piece = new byte[PIECE];
    for (int count = read(piece, 0, PIECE); count >= 0; count = read(piece, 0, PIECE)) {
      out.write(piece, 0, count);
    }
  }

  /** A body in memory. */
  final class BytesBody implements Body {
    private static final int SHORT = 1 << 10;

    private final ByteBuffer rest;

    private BytesBody(byte[] bytes) {
      this.rest = ByteBuffer.wrap(bytes);
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int count = Math.min(length, rest.remaining());
      rest.get(target, offset, count);
      return count == 0 ? -1 : count;
    }

    @Override
    public boolean isShort() {
      return rest.remaining() <= SHORT;
    }
  }
}
