package tf.grid.hub.account.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.Caller;
import tf.grid.hub.account.TokenVerifier;

/**
 * The fixed token of the user {@code guest}. Stores only a digest and compares in constant time.
 * Immutable.
 */
public final class GuestToken implements TokenVerifier {

  private static final Caller GUEST = Caller.configured(AccountName.GUEST);

  private final byte[] digest;

  public GuestToken(String token) {
    this.digest = sha256(token);
  }

  @Override
  public Optional<Caller> check(String token) {
    return MessageDigest.isEqual(digest, sha256(token)) ? Optional.of(GUEST) : Optional.empty();
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
