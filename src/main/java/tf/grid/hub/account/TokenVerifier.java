package tf.grid.hub.account;

import java.util.Optional;

/** Verifies one kind of token. Thread-safe. */
@FunctionalInterface
public interface TokenVerifier {

  /** Maximum length of a token in characters; longer ones are rejected. */
  int MAX_LENGTH = 8192;

  /** Verifies a token and returns its caller; empty if the token is not valid for any reason. */
  Optional<Caller> check(String token);

  /** Returns a verifier that accepts the tokens of both. */
  default TokenVerifier or(TokenVerifier other) {
    return token -> {
      Optional<Caller> caller = check(token);
      return caller.isPresent() ? caller : other.check(token);
    };
  }
}
