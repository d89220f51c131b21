package tf.grid.hub.mirror.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import tf.grid.hub.http.body.SingleByte;
import tf.grid.hub.image.http.HttpReply;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.limit.rate.MinimumRate;
import tf.grid.hub.mirror.source.SourceException.SourceDamagedException;
import tf.grid.hub.mirror.source.SourceException.SourceUnreachableException;

/** The body of a response, limited in length and in how slowly it may come. Not thread-safe. */
final class BodyStream extends InputStream {
  private static final long MINIMUM_BYTES_PER_SECOND = 4 << 10;

  private final HttpReply reply;
  private final String what;
  private final Ticker ticker;
  private final MinimumRate rate = new MinimumRate(MINIMUM_BYTES_PER_SECOND);
  private final long most;
  private long count;

  /**
   * Reads a body.
   *
   * @param what it is, for messages
   * @param most bytes that it may have
   */
  BodyStream(HttpReply reply, String what, long most, Ticker ticker) {
    this.reply = reply;
    this.what = what;
    this.most = most;
    this.ticker = ticker;
  }

  @Override
  public int read() throws IOException {
    return SingleByte.of(this);
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    long start = ticker.nanos();
    int read = reply.read(into, offset, length);
    rate.add(Math.max(0, read), ticker.nanos() - start);
    if (rate.isMissed()) {
      throw new SourceUnreachableException(
          what + " comes with less than " + MINIMUM_BYTES_PER_SECOND / 1024 + " KiB/s", null);
    }
    count += Math.max(0, read);
    if (count > most) {
      throw new SourceDamagedException(
          what + " has more than " + most + " bytes, the most that this hub reads", null);
    }
    return read;
  }
}
