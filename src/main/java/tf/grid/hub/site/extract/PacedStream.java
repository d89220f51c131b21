package tf.grid.hub.site.extract;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Gives up a client that reads slower than anybody would wait for: a byte now and then would keep a
 * place for ever. Only the time spent waiting for the client counts. One that reads nothing is cut
 * off by the server after its write time-out. For one thread.
 */
final class PacedStream extends OutputStream {

  /** Bytes that a client has to take in a second on average. */
  static final int SLOWEST = 16 << 10;

  /** Until then any pace will do. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Bytes written before the pace is looked at again. */
  private static final int PIECE = 16 << 10;

  private final OutputStream out;
  private final LongSupplier nanos;
  private long waitedNanos;
  private long bytes;

  /**
   * Nothing is written yet.
   *
   * @param nanos a time in nanoseconds that only goes forward, as of {@link System#nanoTime}
   */
  PacedStream(OutputStream out, LongSupplier nanos) {
    this.out = out;
    this.nanos = nanos;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int count) throws IOException {
    int done = 0;
    while (done < count) {
      int piece = Math.min(PIECE, count - done);
      long asked = nanos.getAsLong();
      out.write(source, offset + done, piece);
      waitedNanos += nanos.getAsLong() - asked;
      bytes += piece;
      done += piece;
      check();
    }
  }

  private void check() throws IOException {
    boolean patient = waitedNanos <= PATIENCE.toNanos();
    if (!patient && bytes < Duration.ofNanos(waitedNanos).toSeconds() * SLOWEST) {
      throw new IOException("the client reads less than " + SLOWEST / 1024 + " KiB a second");
    }
  }
}
