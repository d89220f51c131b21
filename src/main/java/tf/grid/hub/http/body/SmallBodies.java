package tf.grid.hub.http.body;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import tf.grid.hub.http.body.RequestBody.BodyCutOffException;
import tf.grid.hub.http.body.RequestBody.BodyTooLargeException;
import tf.grid.hub.limit.TryAgainLaterException;

/**
 * Receives bodies that take a moment to send. While one comes in, it holds a thread that answers
 * requests: strangers get few of these, and nobody keeps one for long. Threads share it.
 */
@ApplicationScoped
public class SmallBodies {
  /** Bodies of strangers that are received at once. */
  static final int PLACES = 16;

  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final Semaphore places = new Semaphore(PLACES);
  private final Clock clock;

  /** For the container's proxy. */
  protected SmallBodies() {
    this(null);
  }

  /** Measures with a clock how long bodies take. */
  @Inject
  public SmallBodies(Clock clock) {
    this.clock = clock;
  }

  /** Who sends a body. */
  public enum Sender {
    /** Anybody who reaches the hub. */
    STRANGER,
    /** Somebody with an account, who can be held to account. */
    USER
  }

  /**
   * Makes something of a bounded body.
   *
   * @param <T> what is made
   */
  @FunctionalInterface
  public interface Reading<T> {

    /** Reads it; later it cannot be read any more. */
    T of(InputStream body) throws IOException;
  }

  /**
   * Receives a body.
   *
   * @param limit bytes that it may have
   * @throws TryAgainLaterException when anonymous senders have no permit left; nothing was read
   *     then
   * @throws BodyTooLargeException when it has more bytes
   * @throws BodyCutOffException when it takes too long
   */
  public <T> T read(Sender sender, InputStream body, long limit, Reading<T> reading)
      throws IOException {
    InputStream bounded = new RequestBody(body, limit, clock, DEADLINE);
    if (sender == Sender.USER) {
      return reading.of(bounded);
    }
    if (!places.tryAcquire()) {
      throw TryAgainLaterException.tooMany(
          PAUSE, "too many requests of this kind are being received, sign in or try again later");
    }
    try {
      return reading.of(bounded);
    } finally {
      places.release();
    }
  }
}
