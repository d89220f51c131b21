package tf.grid.hub.account;

import java.util.Optional;

/** Knows one kind of token. Safe for any number of threads. */
@FunctionalInterface
public interface TokenVerifier {

  /** The longest token that is looked at, in characters. */
  int MAX_LENGTH = 8192;

  /** Whom a token stands for; empty when it is not a good one, for whatever reason. */
  Optional<Caller> check(String token);

  /** A check that accepts what either of two accepts. */
  default TokenVerifier or(TokenVerifier other) {
    return token -> {
      Optional<Caller> caller = check(token);
      return caller.isPresent() ? caller : other.check(token);
    };
  }
}
