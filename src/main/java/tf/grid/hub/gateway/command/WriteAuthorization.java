package tf.grid.hub.gateway.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whether one connection may write. A token can expire or be revoked while the connection lives, so
 * it is checked again before anything is stored. Used by one thread after another, never by two at
 * once but for {@link #granted}: requests of a connection are carried out in their order.
 */
public final class WriteAuthorization {
  private final Optional<WriterAuthenticator> check;
  private final String from;
  private String token = "";

  /** Also read by the connection's loop, while a worker looks at the token again. */
  private volatile boolean granted;

  /**
   * Nothing is granted yet, unless no token is needed.
   *
   * @param check decides; without it nobody may write
   * @param from the address of the client
   */
  public WriteAuthorization(Optional<WriterAuthenticator> check, String from) {
    this.check = check;
    this.from = from;
    this.granted = needsNoToken();
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
    granted = false;
    token = new String(shown, UTF_8);
    granted = passes(it -> it.admit(token, from));
    return granted;
  }

  /** Whether the token that was shown is still good. */
  boolean stillGranted() {
    granted = granted && (needsNoToken() || passes(it -> it.mayWrite(token)));
    return granted;
  }

  private boolean needsNoToken() {
    return check.filter(WriterAuthenticator::mayWriteWithoutToken).isPresent();
  }

  private boolean passes(Predicate<WriterAuthenticator> good) {
    return !token.isEmpty() && check.filter(good).isPresent();
  }
}
