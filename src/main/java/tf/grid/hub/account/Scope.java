package tf.grid.hub.account;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/** A permission of a token. In tokens, scopes are lower-case names separated by spaces. */
public enum Scope {
  /** Query the current user, read the user's own repository. */
  READ("read"),
  /** Change the user's own repository, store chunks. */
  WRITE("write"),
  /** Create, list and revoke tokens. */
  ADMIN("admin");

  public static final Set<Scope> ALL = Set.of(values());

  private final String word;

  Scope(String word) {
    this.word = word;
  }

  /** Formats a set of scopes as a claim, in the order of declaration. */
  public static String format(Set<Scope> scopes) {
    StringJoiner words = new StringJoiner(" ");
    for (Scope scope : values()) {
      if (scopes.contains(scope)) {
        words.add(scope.word);
      }
    }
    return words.toString();
  }

  /** Parses the scopes in a claim. Unknown words, for example of later versions, are ignored. */
  public static Set<Scope> parse(String claim) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (String word : claim.split(" ", -1)) {
      named(word).ifPresent(scopes::add);
    }
    return scopes;
  }

  public static Optional<Scope> named(String word) {
    for (Scope scope : values()) {
      if (scope.word.equals(word)) {
        return Optional.of(scope);
      }
    }
    return Optional.empty();
  }
}
