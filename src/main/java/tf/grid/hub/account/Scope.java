package tf.grid.hub.account;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/** What a token allows. In tokens, names in lower case with a blank between them. */
public enum Scope {
  /** Ask who one is, and read the own repository. */
  READ("read"),
  /** Change the own repository and store chunks. */
  WRITE("write"),
  /** Make, list and revoke tokens. */
  ADMIN("admin");

  /** Everything. */
  public static final Set<Scope> ALL = Set.of(values());

  private final String word;

  Scope(String word) {
    this.word = word;
  }

  /** The claim for a set of scopes, in the order of declaration. */
  public static String format(Set<Scope> scopes) {
    StringJoiner words = new StringJoiner(" ");
    for (Scope scope : values()) {
      if (scopes.contains(scope)) {
        words.add(scope.word);
      }
    }
    return words.toString();
  }

  /** The scopes of a claim; words of other versions of the hub are skipped, they grant nothing. */
  public static Set<Scope> parse(String claim) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (String word : claim.split(" ", -1)) {
      named(word).ifPresent(scopes::add);
    }
    return scopes;
  }

  /** The scope that a word stands for. */
  public static Optional<Scope> named(String word) {
    for (Scope scope : values()) {
      if (scope.word.equals(word)) {
        return Optional.of(scope);
      }
    }
    return Optional.empty();
  }
}
