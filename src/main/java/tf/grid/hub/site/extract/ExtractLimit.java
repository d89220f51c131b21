package tf.grid.hub.site.extract;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import tf.grid.hub.http.file.FileAnswer;
import tf.grid.hub.limit.ReadLimit;

/**
 * Bounds how many files out of flists are sent at once: each has a chunk in memory for as long as
 * its client takes. Threads share it.
 */
final class ExtractLimit {

  /** Files at once, which hold about a MiB each: a sixteenth of the heap that hubs have. */
  private static final int AT_ONCE = 16;

  /** Threads that wait for a place; more are refused at once, as those after the patience. */
  private static final int MAX_WAITING = 16;

  private static final Duration MAX_WAIT = Duration.ofSeconds(5);

  private final ReadLimit readLimit;

  /** As many as a hub has. */
  ExtractLimit() {
    this(new ReadLimit(AT_ONCE, MAX_WAITING, MAX_WAIT));
  }

  /** As many as there are readLimit. */
  ExtractLimit(ReadLimit readLimit) {
    this.readLimit = readLimit;
  }

  /**
   * The same answer, whose body takes a place while it is written, if there is any. Writing it
   * throws {@link tf.grid.hub.limit.TryAgainLaterException} before the first byte when no place
   * becomes free, and an {@code IOException} when the client reads too slowly to keep one.
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
            body.writeTo(new PacedStream(out, System::nanoTime));
            return body;
          });
    }

    @Override
    public void close() throws IOException {
      body.close();
    }
  }
}
