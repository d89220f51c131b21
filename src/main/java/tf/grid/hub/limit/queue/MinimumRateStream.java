package tf.grid.hub.limit.queue;

import java.io.IOException;
import java.io.OutputStream;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.limit.rate.MinimumRate;

/**
 * Cuts off a client that reads more slowly than the minimum rate, or that has lost its place
 * because it reads slowly while others wait. One that reads nothing is cut off by the write
 * time-out of the server. Not thread-safe.
 */
public final class MinimumRateStream extends OutputStream {

  static final int MINIMUM_BYTES_PER_SECOND = 16 << 10;

  /** Bytes that are written between two checks of the rate. */
  private static final int PIECE = 16 << 10;

  private final OutputStream out;
  private final Ticker ticker;
  private final Flow flow;
  private final MinimumRate rate = new MinimumRate(MINIMUM_BYTES_PER_SECOND);

  /**
   * Writes to a client.
   *
   * @param ticker measures how long the client is waited for
   * @param flow is told how fast the client reads
   */
  public MinimumRateStream(OutputStream out, Ticker ticker, Flow flow) {
    this.out = out;
    this.ticker = ticker;
    this.flow = flow;
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
      long start = ticker.nanos();
      flow.waits();
      try {
        out.write(source, offset + done, piece);
      } finally {
        flow.moved(piece);
      }
      rate.add(piece, ticker.nanos() - start);
      done += piece;
      check();
    }
  }

  private void check() throws IOException {
    if (flow.isRevoked()) {
      throw new IOException("the client reads slowly, and others wait");
    }
    if (rate.isMissed()) {
      throw new IOException(
          "the client reads less than " + MINIMUM_BYTES_PER_SECOND / 1024 + " KiB a second");
    }
  }
}
