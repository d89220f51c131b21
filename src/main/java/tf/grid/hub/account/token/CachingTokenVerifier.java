package tf.grid.hub.account.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Optional;
import tf.grid.hub.account.Caller;
import tf.grid.hub.account.TokenVerifier;

/**
 * Decorates a verifier with a cache of valid tokens, keyed by digest, until they expire: verifying
 * a signature is much more expensive than a digest. Invalid tokens are not cached, because
 * attackers could fill the cache with them. Use as the outermost decorator. Thread-safe.
 */
public final class CachingTokenVerifier implements TokenVerifier {

  private static final int MAX_TOKENS = 10_000;

  private final TokenVerifier tokens;
  private final Clock clock;
  private final Cache<ByteBuffer, Caller> good =
      Caffeine.newBuilder().maximumSize(MAX_TOKENS).build();

  public CachingTokenVerifier(TokenVerifier tokens, Clock clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  @Override
  public Optional<Caller> check(String token) {
    if (token.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    ByteBuffer digest = sha256(token);
    Caller known = good.getIfPresent(digest);
    if (known == null) {
      Optional<Caller> caller = tokens.check(token);
      caller.ifPresent(c -> good.put(digest, c));
      return caller;
    }
    if (known.expiredAt(clock.instant())) {
      good.invalidate(digest);
      return Optional.empty();
    }
    return Optional.of(known);
  }

  private static ByteBuffer sha256(String token) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return ByteBuffer.wrap(sha256.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
