package tf.grid.hub.http.body;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import tf.grid.hub.problem.Problem;

/**
 * The body of a request, of which no more is read than is allowed, and not for ever: a client that
 * sends a byte now and then would hold its place without end. For one thread.
 */
public final class RequestBody extends FilterInputStream {
  /** Waiting up to here is nobody's fault. */
  private static final long PATIENCE_MILLIS = 60_000;

  /** Beyond that, this much must have come in every second of waiting. */
  private static final long SLOWEST_BYTES_A_SECOND = 1024;

  private final long limit;
  private final Clock clock;
  private final long deadlineMillis;
  private long count;
  private long waitedMillis;

  /**
   * Reads a body.
   *
   * @param limit bytes that it may have
   * @param clock measures how long its bytes are waited for
   */
  public RequestBody(InputStream in, long limit, Clock clock) {
    this(in, limit, clock, Duration.ofMillis(Long.MAX_VALUE));
  }

  /**
   * Reads a body that has to come soon.
   *
   * @param limit bytes that it may have
   * @param clock measures how long its bytes are waited for
   * @param deadline as long they are waited for, all in all
   */
  public RequestBody(InputStream in, long limit, Clock clock, Duration deadline) {
    super(in);
    this.limit = limit;
    this.clock = clock;
    this.deadlineMillis = deadline.toMillis();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    long asked = clock.millis();
    int read;
    try {
      read = in.read(target, offset, length);
    } catch (IOException connection) {
      throw new BodyCutOffException("before its end", connection);
    }
    if (read > 0) {
      count += read;
      waitedMillis += clock.millis() - asked;
      check();
    }
    return read;
  }

  /** Only time spent waiting for the client counts, none that the hub itself takes. */
  private void check() throws IOException {
    if (count > limit) {
      throw new BodyTooLargeException(limit);
    }
    if (waitedMillis > deadlineMillis) {
      throw new BodyCutOffException(
          "because it took longer than " + deadlineMillis / 1000 + " seconds to come", null);
    }
    if (waitedMillis > PATIENCE_MILLIS && count < waitedMillis / 1000 * SLOWEST_BYTES_A_SECOND) {
      throw new BodyCutOffException(
          "because it came with less than " + SLOWEST_BYTES_A_SECOND + " bytes a second", null);
    }
  }

  /** The body of a request has more bytes than it may have; the message is for the client. */
  public static final class BodyTooLargeException extends IOException implements Problem {
    private static final long serialVersionUID = 1;

    BodyTooLargeException(long limit) {
      super("the body has more than " + limit + " bytes, the most that this hub takes at once");
    }

    @Override
    public int status() {
      return 413;
    }
  }

  /** The client went away, or was too slow, before all of the body had come. */
  public static final class BodyCutOffException extends IOException implements Problem {
    private static final long serialVersionUID = 1;

    BodyCutOffException(String when, IOException cause) {
      super("the body was cut off " + when, cause);
    }

    @Override
    public int status() {
      return 400;
    }
  }
}
