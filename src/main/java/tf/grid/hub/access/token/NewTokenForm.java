package tf.grid.hub.access.token;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.Caller;
import tf.grid.hub.account.Scope;
import tf.grid.hub.account.token.TokenRequest;

/**
 * Parameters of a new token as sent by a client; null for missing fields. Immutable.
 *
 * @param label chosen by the user
 * @param scope scopes separated by spaces
 * @param repository the only account that the token will be valid for
 * @param ttl lifetime as an ISO 8601 duration
 */
public record NewTokenForm(String label, String scope, String repository, String ttl) {

  private static final Set<Scope> USUAL = EnumSet.of(Scope.READ, Scope.WRITE);

  /** A field has an invalid value. The message is for the client. */
  public static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * Validates the fields.
   *
   * @param caller the owner of the new token
   * @param longest maximum lifetime, also the default
   */
  public TokenRequest request(Caller caller, Duration longest) throws Malformed {
    String name = label == null ? "" : label.strip();
    if (!TokenRequest.isLabel(name)) {
      throw new Malformed(
          "label must have at most "
              + TokenRequest.MAX_LABEL
              + " characters and no control character");
    }
    Set<Scope> scopes = scopes();
    Optional<AccountName> only = onlyRepository();
    if (only.isPresent() && scopes.contains(Scope.ADMIN)) {
      throw new Malformed("a token for one repository cannot have the scope admin");
    }
    return new TokenRequest(caller.account(), caller.memberOf(), scopes, only, name, life(longest));
  }

  private Set<Scope> scopes() throws Malformed {
    if (scope == null || scope.isBlank()) {
      return USUAL;
    }
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (String word : scope.strip().split(" +", -1)) {
      scopes.add(
          Scope.named(word)
              .orElseThrow(
                  () -> new Malformed("scope must be some of " + Scope.format(Scope.ALL))));
    }
    return scopes;
  }

  private Optional<AccountName> onlyRepository() throws Malformed {
    if (repository == null || repository.isEmpty()) {
      return Optional.empty();
    }
    if (!AccountName.isValid(repository)) {
      throw new Malformed("repository must be the name of an account");
    }
    return Optional.of(new AccountName(repository));
  }

  private Duration life(Duration longest) throws Malformed {
    if (ttl == null || ttl.isBlank()) {
      return longest;
    }
    try {
      Duration life = Duration.parse(ttl.strip());
      if (life.compareTo(Duration.ofSeconds(1)) >= 0 && life.compareTo(longest) <= 0) {
        return life;
      }
    } catch (DateTimeException e) {
      // Reported below, like durations out of range.
    }
    throw new Malformed("ttl must be a duration such as P7D or PT1H, at most " + longest);
  }
}
