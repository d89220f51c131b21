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
    int value = super.read();
    report(value < 0 ? -1 : 1);
    return value;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = super.read(into, offset, length);
    report(count);
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = super.skip(count);
    report(skipped);
    return skipped;
  }

  /** Reported bytes cannot be taken back. */
  @Override
  public boolean markSupported() {
    return false;
  }

  private void report(long count) {
    if (count > 0) {
      progress.received(count);
    }
  }
}
