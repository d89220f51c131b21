package tf.grid.hub.site.extract;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import tf.grid.hub.http.file.FileAnswer;
import tf.grid.hub.limit.MinimumRateStream;
import tf.grid.hub.limit.ReadLimit;
import tf.grid.hub.limit.Ticker;

/**
 * Bounds how many files of flists are sent at once: each has a chunk in memory for as long as its
 * client reads. Thread-safe.
 */
final class ExtractLimit {

  /** Files at once, with about 1 MiB each: a sixteenth of the usual heap. */
  private static final int AT_ONCE = 16;

  /** Threads that wait for a permit; more are rejected at once. */
  private static final int MAX_WAITING = 16;

  private static final Duration MAX_WAIT = Duration.ofSeconds(5);

  private final ReadLimit readLimit;

  /** The limit of a hub. */
  ExtractLimit() {
    this(new ReadLimit(AT_ONCE, MAX_WAITING, MAX_WAIT));
  }

  /** A limit with the permits of another one. */
  ExtractLimit(ReadLimit readLimit) {
    this.readLimit = readLimit;
  }

  /**
   * Returns the same answer with a body that holds a permit while it is written. Writing it throws
   * {@link tf.grid.hub.limit.TryAgainLaterException} before the first byte when no permit becomes
   * free, and an {@code IOException} when the client reads too slowly.
   */
  FileAnswer bound(FileAnswer answer) {
    return answer.status() < 300
        ? new FileAnswer(
            answer.status(), answer.headers(), answer.length(), new Placed(answer.body()))
        : answer;
  }

  private final class Placed implements FileAnswer.Payload {

    private final FileAnswer.Payload body;

    Placed(FileAnswer.Payload body) {
      this.body = body;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      readLimit.take(
          () -> {
            body.writeTo(new MinimumRateStream(out, Ticker.SYSTEM));
            return body;
          });
    }

    @Override
    public void close() throws IOException {
      body.close();
    }
  }
}
