package tf.grid.hub.progress;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reports bytes read from a stream as received. Not thread-safe. */
public final class ReceivedStream extends FilterInputStream {
  private final Progress progress;

  public ReceivedStream(InputStream in, Progress progress) {
    super(in);
    this.progress = progress;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = 0;
    progress.awaits();
    try {
      count = super.read(into, offset, length);
    } finally {
      progress.received(Math.max(0, count));
    }
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = super.skip(count);
    progress.received(skipped);
    return skipped;
  }

  /** Reported bytes cannot be taken back. */
  @Override
  public boolean markSupported() {
    return false;
  }
}
