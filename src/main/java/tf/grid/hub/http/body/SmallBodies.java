package tf.grid.hub.http.body;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.http.body.BodyException.BodyCutOffException;
import tf.grid.hub.http.body.BodyException.BodyTooLargeException;
import tf.grid.hub.limit.ConcurrencyLimit;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.limit.TryAgainLaterException;

/**
 * Receives short bodies. Each holds a request thread while it arrives: anonymous senders get few of
 * these at once, and no body may take longer than ten seconds. Thread-safe.
 */
@SingletonBean
public class SmallBodies {
  /** Bodies of anonymous senders that are received at once. */
  static final int PERMITS = 16;

  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final ConcurrencyLimit anonymous =
      new ConcurrencyLimit(
          PERMITS,
          TryAgainLaterException.tooMany(
              PAUSE,
              "too many requests of this kind are being received, sign in or try again later"));
  private final Ticker ticker;

  /** Measures how long bodies take. */
  @Inject
  public SmallBodies(Ticker ticker) {
    this.ticker = ticker;
  }

  /** The sender of a body. */
  public enum Sender {
    ANONYMOUS,
    /** A client with an account. */
    USER
  }

  /**
   * Processes a body.
   *
   * @param <T> the result
   */
  @FunctionalInterface
  public interface Reading<T> {

    /** Reads the body, which is not readable afterwards. */
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
    InputStream bounded = new RequestBody(body, limit, ticker, DEADLINE);
    if (sender == Sender.USER) {
      return reading.of(bounded);
    }
    return anonymous.<T, IOException>run(() -> reading.of(bounded));
  }
}
