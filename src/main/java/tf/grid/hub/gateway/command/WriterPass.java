package tf.grid.hub.gateway.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Whether one connection may write. A token can expire or be revoked while the connection lives, so
 * it is checked again from time to time. Used by one thread after another, never by two at once:
 * requests of a connection are carried out in their order.
 */
public final class WriterPass {
  private static final long VALID_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Optional<WriterCheck> check;
  private String token = "";
  private long checkedAt;
  private boolean granted;

  public WriterPass(Optional<WriterCheck> check) {
    this.check = check;
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
    return verify();
  }

  /** Whether the token that was shown is still good; blocks now and then. */
  boolean stillGranted() {
    return granted && (System.nanoTime() - checkedAt < VALID_NANOS || verify());
  }

  private boolean verify() {
    granted = false;
    granted = check.isPresent() && !token.isEmpty() && check.get().mayWrite(token);
    checkedAt = System.nanoTime();
    return granted;
  }
}
