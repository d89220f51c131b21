package tf.grid.hub.account.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.Caller;
import tf.grid.hub.account.TokenVerifier;

/**
 * The fixed token of the user {@code guest}. Keeps a digest only; comparing digests takes the same
 * time wherever the first difference is. Immutable.
 */
public final class GuestToken implements TokenVerifier {

  private static final Caller GUEST = Caller.configured(AccountName.GUEST);

  private final byte[] digest;

  /** Takes the token as configured. */
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
