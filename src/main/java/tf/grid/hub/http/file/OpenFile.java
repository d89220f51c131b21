package tf.grid.hub.http.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** An open file; replacing the file under its name does not affect it. */
public final class OpenFile implements SeekableContent {

  private static final int BUFFER = 1 << 16;

  private final FileChannel file;

  /**
   * Wraps an open file.
   *
   * @param file closed with this object
   */
  public OpenFile(FileChannel file) {
    this.file = file;
  }

  @Override
  public void writeTo(OutputStream out, long from, long length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER, Math.max(1, length)));
    long position = from;
    long end = from + length;
    while (position < end) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), end - position));
      int read = file.read(buffer, position);
      if (read < 0) {
        throw new EOFException("the file was cut short by hand while it was sent");
      }
      out.write(buffer.array(), 0, read);
      position += read;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
