package tf.grid.hub.image.engine;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import tf.grid.hub.image.PullException.UnsupportedImageException;

/** The exported files of an image, up to a maximum size. Not thread-safe. */
final class ContainerExport extends FilterInputStream {
  private final long most;
  private long received;

  /**
   * @param most maximum number of bytes
   */
  ContainerExport(InputStream in, long most) {
    super(in);
    this.most = most;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = super.read(into, offset, length);
    count(Math.max(0, count));
    return count;
  }

  private void count(int bytes) throws UnsupportedImageException {
    received += bytes;
    if (received > most) {
      throw new UnsupportedImageException(
          "the files of the image have more than the " + most + " bytes that this hub takes");
    }
  }
}
