package tf.grid.hub.http.body;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import tf.grid.hub.http.body.BodyException.BodyCutOffException;
import tf.grid.hub.http.body.BodyException.BodyTooLargeException;
import tf.grid.hub.http.body.BodyException.BodyTooSlowException;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.limit.queue.Arrival;
import tf.grid.hub.limit.queue.Flow;
import tf.grid.hub.limit.rate.MinimumRate;
import tf.grid.hub.problem.Problem;

/**
 * The body of a request, bounded in length and time: a client must keep a minimum rate of 1024
 * bytes a second. Not thread-safe, except that any thread may take the place of its work away.
 */
public final class RequestBody extends FilterInputStream implements Arrival {
  private static final long MINIMUM_BYTES_PER_SECOND = 1024;

  private final long limit;
  private final Ticker ticker;
  private final Duration deadline;
  private final MinimumRate rate = new MinimumRate(MINIMUM_BYTES_PER_SECOND);
  private final Flow flow;
  private final byte[] first = new byte[1];
  private boolean begun;
  private long count;

  /**
   * Reads a body.
   *
   * @param limit in bytes
   * @param ticker measures how long the bytes are waited for
   */
  public RequestBody(InputStream in, long limit, Ticker ticker) {
    this(in, limit, ticker, Duration.ofMillis(Long.MAX_VALUE));
  }

  /**
   * Reads a body that must arrive within a time.
   *
   * @param limit in bytes
   * @param ticker measures how long the bytes are waited for
   * @param deadline for the sum of all waiting
   */
  public RequestBody(InputStream in, long limit, Ticker ticker, Duration deadline) {
    super(in);
    this.limit = limit;
    this.ticker = ticker;
    this.deadline = deadline;
    this.flow = new Flow(ticker);
  }

  @Override
  public Flow flow() {
    return flow;
  }

  @Override
  public void begin() throws IOException {
    begun = receive(first, 0, 1) > 0;
  }

  @Override
  public int read() throws IOException {
    return SingleByte.of(this);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (!begun || length == 0) {
      return receive(target, offset, length);
    }
    begun = false;
    target[offset] = first[0];
    return 1;
  }

  private int receive(byte[] target, int offset, int length) throws IOException {
    long start = ticker.nanos();
    int read = 0;
    flow.waits();
    try {
      read = in.read(target, offset, length);
    } catch (IOException connection) {
      if (!flow.isRevoked()) {
        throw connection instanceof Problem
            ? connection
            : new BodyCutOffException("before its end", connection);
      }
    } finally {
      flow.moved(Math.max(0, read));
    }
    if (flow.isRevoked()) {
      throw new BodyTooSlowException(flow.reason());
    }
    if (read > 0) {
      count += read;
      rate.add(read, ticker.nanos() - start);
      check();
    }
    return read;
  }

  /** Only time spent waiting for the client counts, not the time that the hub takes. */
  private void check() throws IOException {
    if (count > limit) {
      throw new BodyTooLargeException(limit);
    }
    if (rate.waited().compareTo(deadline) > 0) {
      throw new BodyCutOffException(
          "because it took longer than " + deadline.toSeconds() + " seconds to come", null);
    }
    if (rate.isMissed()) {
      throw new BodyCutOffException(
          "because it came with less than " + MINIMUM_BYTES_PER_SECOND + " bytes a second", null);
    }
  }
}
