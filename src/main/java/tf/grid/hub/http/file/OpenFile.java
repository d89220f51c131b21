package tf.grid.hub.http.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A file that is open, so that replacing its name does not change what is sent. */
public final class OpenFile implements SeekableContent {

  private static final int BUFFER = 1 << 16;

  private final FileChannel file;

  /** Takes the file, which it closes. */
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
