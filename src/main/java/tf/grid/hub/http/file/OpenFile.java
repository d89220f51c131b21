package tf.grid.hub.http.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** An open file; replacing the file under its name does not affect it. */
public final class OpenFile implements SeekableContent {

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
  public int read(long position, byte[] target, int offset, int length) throws IOException {
    int read = file.read(ByteBuffer.wrap(target, offset, length), position);
    if (read < 0) {
      throw new EOFException("the file was cut short by hand while it was sent");
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
