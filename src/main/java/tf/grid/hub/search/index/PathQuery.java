package tf.grid.hub.search.index;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * A text that paths contain, in upper or lower case. Immutable.
 *
 * @param text in lower case
 */
public record PathQuery(String text) {

  /** Longer texts are cut; no query needs more. */
  private static final int MOST_CHARACTERS = 512;

  /** So many trigrams exclude all but few documents. */
  private static final int MOST_TRIGRAMS = 64;

  /** How well a path matches, best first. */
  public enum Rank {
    /** The text is the whole path or its last components. */
    EXACT,
    /** The last component starts with that of the text. */
    PREFIX,
    /** The text is in the path. */
    PART
  }

  /** A query for what a user entered. */
  public static PathQuery of(String entered) {
    String text = entered.strip();
    String bounded = text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) : text;
    return new PathQuery(bounded.toLowerCase(Locale.ROOT));
  }

  /** Whether the text has fewer than three characters, or only slashes; then nothing matches. */
  public boolean isTooShort() {
    return text.length() < Trigrams.LENGTH || text.chars().allMatch(c -> c == '/');
  }

  /** What is searched for in turn; each finds the documents that may have paths of a rank. */
  List<Query> queries() {
    String name = name();
    return name.isEmpty()
        ? List.of(trigrams())
        : List.of(
            new TermQuery(new Term(PathDocument.NAME, name)),
            new PrefixQuery(new Term(PathDocument.NAME, name)),
            trigrams());
  }

  private Query trigrams() {
    Trigrams trigrams = new Trigrams();
    trigrams.add(text);
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    Iterator<String> each = trigrams.iterator();
    for (int i = 0; i < MOST_TRIGRAMS && each.hasNext(); i++) {
      all.add(
          new TermQuery(new Term(PathDocument.TRIGRAM, each.next())), BooleanClause.Occur.FILTER);
    }
    return all.build();
  }

  /** Whether a path in the form of {@link PathDocument#text} matches. */
  boolean matches(String path) {
    return path.contains(text);
  }

  /** How well a matching path matches. */
  Rank rank(String path) {
    String tail = text.startsWith("/") ? text : "/" + text;
    if (text.startsWith("/") ? path.equals(text) : path.endsWith(tail)) {
      return Rank.EXACT;
    }
    int name = path.lastIndexOf('/') + 1;
    return path.startsWith(name(), name) && !name().isEmpty() ? Rank.PREFIX : Rank.PART;
  }

  /** The part behind the last slash. */
  private String name() {
    return text.substring(text.lastIndexOf('/') + 1);
  }
}
