package tf.grid.hub.http.send;

import java.io.IOException;
import java.lang.ref.WeakReference;

/**
 * Bytes that can be fetched again, such as a chunk. While a client does not read, they are left to
 * the garbage collector: a fast client finds them again, thousands of slow ones hold nothing. Not
 * thread-safe.
 */
public final class WeakBytes {
  private final Source source;
  private byte[] held;
  private WeakReference<byte[]> left;

  /** Fetches bytes, the same ones at each call. */
  @FunctionalInterface
  public interface Source {
    /** Fetches them. */
    byte[] fetch() throws IOException;
  }

  /** Holds nothing yet. */
  public WeakBytes(Source source) {
    this(source, null);
  }

  /** Holds bytes that were fetched already. */
  public WeakBytes(Source source, byte[] fetched) {
    this.source = source;
    this.held = fetched;
  }

  /** The bytes, fetched if they are gone. */
  public byte[] get() throws IOException {
    if (held == null) {
      held = left == null ? null : left.get();
    }
    if (held == null) {
      held = source.fetch();
    }
    return held;
  }

  /** Lets the bytes go. */
  public void release() {
    if (held != null) {
      left = new WeakReference<>(held);
      held = null;
    }
  }

  /** A body of these bytes. */
  public Body body() {
    return new WeakBody(this);
  }

  /** Reads the bytes from the first to the last. */
  private static final class WeakBody implements Body {
    private final WeakBytes bytes;
    private int position;

    WeakBody(WeakBytes bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      byte[] all = bytes.get();
      int count = Math.min(length, all.length - position);
      System.arraycopy(all, position, target, offset, count);
      position += count;
      return count == 0 ? -1 : count;
    }

    @Override
    public void pause() {
      bytes.release();
    }

    @Override
    public void close() {
      bytes.release();
    }
  }
}
