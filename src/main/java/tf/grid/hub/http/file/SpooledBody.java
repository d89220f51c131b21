package tf.grid.hub.http.file;

import java.io.Closeable;
import java.io.IOException;
import tf.grid.hub.http.send.Body;

/** A body in a temporary file. Used by one thread at a time. */
public final class SpooledBody implements Body {
  private final OpenFile file;
  private final long length;
  private final Closeable done;
  private long position;
  private boolean closed;

  /**
   * Begins at the start of the file.
   *
   * @param length of the file in bytes
   * @param done closed once, after the file
   */
  public SpooledBody(OpenFile file, long length, Closeable done) {
    this.file = file;
    this.length = length;
    this.done = done;
  }

  /** Length in bytes. */
  public long length() {
    return length;
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    if (position >= length) {
      return -1;
    }
    int read = file.read(position, target, offset, (int) Math.min(count, length - position));
    position += read;
    return read;
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      try {
        file.close();
      } finally {
        done.close();
      }
    }
  }
}
