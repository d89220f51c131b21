package tf.grid.hub.image.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Objects;
import tf.grid.hub.image.PullException.MalformedImageException;
import tf.grid.hub.image.PullException.SourceUnreachableException;
import tf.grid.hub.image.http.HttpReply;
import tf.grid.hub.image.reference.Digest;
import tf.grid.hub.image.registry.RegistryErrors.HtmlPage;
import tf.grid.hub.limit.rate.MinimumRate;
import tf.grid.hub.progress.Progress;

/**
 * Downloads a blob as a stream. If a connection breaks, another one resumes at the same position.
 * The last bytes are returned only if the digest of all bytes is correct, so a reader that reaches
 * the end has the complete, verified blob. Not thread-safe; fails with an {@link
 * InterruptedIOException} if the thread is interrupted.
 */
final class BlobStream extends InputStream {

  /** A slow registry must not hold one of the few slots for conversions indefinitely. */
  private static final long MINIMUM_BYTES_PER_SECOND = 16 << 10;

  /** Limits connections that each transfer only a few bytes. */
  private static final int MOST_CONNECTIONS = 30;

  private final RegistrySession session;
  private final Digest digest;
  private final long size;
  private final Progress progress;
  private final MessageDigest hash;
  private final String what;
  private final MinimumRate rate = new MinimumRate(MINIMUM_BYTES_PER_SECOND);
  private HttpReply reply;
  private long position;
  private int connections;
  private int failures;
  private boolean verified;

  /**
   * Creates the stream; the request is sent when the first byte is read.
   *
   * @param what what is downloaded, for messages
   */
  BlobStream(RegistrySession session, Digest digest, long size, String what, Progress progress) {
    this.session = session;
    this.digest = digest;
    this.size = size;
    this.progress = progress;
    this.hash = digest.algorithm().computation();
    this.what = what;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (position == size) {
      verify();
      return -1;
    }
    int count = next(into, offset, (int) Math.min(length, size - position));
    hash.update(into, offset, count);
    position += count;
    progress.received(count);
    if (position == size) {
      verify();
    }
    return count;
  }

  private int next(byte[] into, int offset, int length) throws IOException {
    while (true) {
      try {
        if (reply == null) {
          reply = connect();
        }
        int count = measured(reply, into, offset, length);
        if (count > 0) {
          failures = 0;
          return count;
        }
        throw new SourceUnreachableException(
            what + " ended after " + position + " of " + size + " bytes");
      } catch (IOException e) {
        recover(e);
      }
    }
  }

  /** Reads new bytes, or skips bytes after a restart; both count towards the minimum rate. */
  private int measured(HttpReply from, byte[] into, int offset, int length) throws IOException {
    long start = System.nanoTime();
    int count = from.read(into, offset, length);
    rate.add(Math.max(0, count), System.nanoTime() - start);
    requireRate();
    return count;
  }

  private void requireRate() throws SourceUnreachableException {
    if (rate.isMissed()) {
      throw tooSlow(what);
    }
  }

  static SourceUnreachableException tooSlow(String what) {
    return new SourceUnreachableException(
        what + " comes with less than " + MINIMUM_BYTES_PER_SECOND / 1024 + " KiB a second");
  }

  /** Waits before another attempt, or fails. */
  private void recover(IOException failure) throws IOException {
    close();
    requireRate();
    if (!(failure instanceof SourceUnreachableException)) {
      throw failure;
    }
    failures++;
    if (failures >= session.retryPolicy().tries() || connections >= MOST_CONNECTIONS) {
      if (position == 0) {
        throw failure; // which says who could not be reached
      }
      throw new SourceUnreachableException(
          what + " was cut off after " + position + " of " + size + " bytes, again and again",
          failure);
    }
    session.retryPolicy().await(failures);
  }

  private HttpReply connect() throws IOException {
    connections++;
    Map<String, String> range =
        position == 0 ? Map.of() : Map.of("Range", "bytes=" + position + "-");
    long start = System.nanoTime();
    HttpReply fresh = session.once("blobs/" + digest, range, what);
    try {
      rate.add(0, System.nanoTime() - start);
      requireRate();
      refuseOtherLength(fresh);
      if (fresh.status() != 206) {
        skip(fresh);
      } else if (!fresh.header("Content-Range").orElse("").startsWith("bytes " + position + "-")) {
        throw new MalformedImageException(what + " came with another part than was asked for");
      }
      return fresh;
    } catch (IOException | RuntimeException e) {
      fresh.close();
      throw e;
    }
  }

  private void refuseOtherLength(HttpReply fresh) throws MalformedImageException {
    String length = fresh.header("Content-Length").orElse("");
    long expected = fresh.status() == 206 ? size - position : size;
    if (fresh.status() == 416 || !(length.isEmpty() || length.equals(Long.toString(expected)))) {
      refusePage(fresh);
      throw new MalformedImageException(
          what + " does not have the " + size + " bytes that were announced");
    }
  }

  /** Rejects a web page in place of the content. */
  private void refusePage(HttpReply fresh) throws MalformedImageException {
    if (HtmlPage.isAnnounced(fresh)) {
      throw HtmlPage.instead(fresh, session.registry(), what);
    }
  }

  /** Skips the bytes that were already read, if the registry does not support ranges. */
  private void skip(HttpReply fresh) throws IOException {
    byte[] buffer = new byte[64 << 10];
    long left = position;
    while (left > 0) {
      int count = measured(fresh, buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        throw new SourceUnreachableException(what + " ended early");
      }
      left -= count;
    }
  }

  private void verify() throws IOException {
    if (verified) {
      return;
    }
    if (reply == null) {
      reply = connect();
    }
    HttpReply last = reply;
    if (hasMore()) {
      refusePage(last);
      throw new MalformedImageException(
          what + " is longer than the " + size + " bytes that were announced");
    }
    close();
    if (!Digest.finished(digest.algorithm(), hash.digest()).equals(digest)) {
      refusePage(last);
      throw new MalformedImageException(what + " has another content than its digest says");
    }
    verified = true;
  }

  private boolean hasMore() throws IOException {
    try {
      return reply.read(new byte[1], 0, 1) >= 0;
    } catch (SourceUnreachableException e) {
      // All bytes are received; the caller verifies the digest.
      return false;
    }
  }

  /** Closes the connection without fetching the unread bytes. */
  @Override
  public void close() throws IOException {
    if (reply != null) {
      reply.close();
      reply = null;
    }
  }
}
