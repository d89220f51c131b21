package tf.grid.hub.gateway.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Whether one connection may write. A token can expire or be revoked while the connection lives, so
 * it is checked again from time to time. Used by one thread after another, never by two at once:
 * requests of a connection are carried out in their order.
 */
public final class WriterPass {
  private static final long VALID_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Optional<WriterCheck> check;
  private final String from;
  private String token = "";
  private long checkedAt;
  private boolean granted;

  /**
   * Nothing is granted yet.
   *
   * @param check decides; without it nobody may write
   * @param from the address of the client
   */
  public WriterPass(Optional<WriterCheck> check, String from) {
    this.check = check;
    this.from = from;
  }

  /** Whether there is anything that a token could be shown to. */
  boolean canBeGranted() {
    return check.isPresent();
  }

  /** What was found the last time. */
  public boolean granted() {
    return granted;
  }

  /** Shows a token; one that is refused also ends what an earlier one allowed. */
  boolean show(byte[] shown) {
    token = new String(shown, UTF_8);
    return found(it -> it.admit(token, from));
  }

  /** Whether the token that was shown is still good; blocks now and then. */
  boolean stillGranted() {
    return granted
        && (System.nanoTime() - checkedAt < VALID_NANOS || found(it -> it.mayWrite(token)));
  }

  private boolean found(Predicate<WriterCheck> good) {
    granted = false;
    granted = !token.isEmpty() && check.filter(good).isPresent();
    checkedAt = System.nanoTime();
    return granted;
  }
}
