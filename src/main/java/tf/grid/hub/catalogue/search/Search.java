package tf.grid.hub.catalogue.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import tf.grid.hub.catalogue.listing.ListingEntry;
import tf.grid.hub.catalogue.listing.Snapshot;
import tf.grid.hub.catalogue.name.CodePointOrder;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.search.SearchHit.Kind;

/**
 * A case-insensitive search by words. All words must occur in {@code repository/name}, and at least
 * one in the name itself, so that the name of a repository does not match all its entries.
 * Immutable.
 */
public final class Search {

  /** Longer queries are cut, since no name is longer. */
  private static final int MOST_CHARACTERS = 512;

  private static final Comparator<Ranked> ORDER =
      Comparator.comparingInt(Ranked::rank)
          .thenComparing(found -> found.hit().kind())
          .thenComparing(found -> found.hit().repository())
          .thenComparing(found -> found.hit().name(), CodePointOrder.COMPARATOR);

  private final String whole;
  private final List<String> words;

  private Search(String whole) {
    this.whole = whole;
    this.words = whole.isEmpty() ? List.of() : List.of(whole.split("\\s+", -1));
  }

  /** Creates a search for a user's query. */
  public static Search of(String text) {
    String bounded = text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) : text;
    return new Search(bounded.strip().toLowerCase(Locale.ROOT));
  }

  /** Whether the query is empty; it has no results then. */
  public boolean isEmpty() {
    return words.isEmpty();
  }

  /** Returns the matches: first exact names, then prefixes, then others. */
  public List<SearchHit> in(Snapshot catalogue) {
    List<Ranked> found = new ArrayList<>();
    for (RepositoryName repository :
        isEmpty() ? List.<RepositoryName>of() : catalogue.repositories()) {
      String name = repository.value();
      add(
          new SearchHit(Kind.REPOSITORY, repository, name, catalogue.updated(repository)),
          name,
          found);
      for (ListingEntry entry : catalogue.entries(repository).orElseThrow()) {
        SearchHit hit = new SearchHit(kind(entry), repository, entry.name(), entry.updated());
        add(hit, repository + "/" + entry.name(), found);
      }
    }
    return found.stream().sorted(ORDER).map(Ranked::hit).toList();
  }

  private record Ranked(SearchHit hit, int rank) {}

  private void add(SearchHit hit, String path, List<Ranked> found) {
    String lowerPath = path.toLowerCase(Locale.ROOT);
    String name = hit.name().toLowerCase(Locale.ROOT);
    if (words.stream().allMatch(lowerPath::contains)
        && words.stream().anyMatch(word -> name.contains(word) || word.indexOf('/') >= 0)) {
      found.add(new Ranked(hit, Math.min(rank(name), rank(lowerPath))));
    }
  }

  private int rank(String name) {
    if (name.equals(whole) || name.equals(whole + FlistName.SUFFIX)) {
      return 0;
    }
    return name.startsWith(whole) ? 1 : name.contains(whole) ? 2 : 3;
  }

  private static Kind kind(ListingEntry entry) {
    if (entry instanceof ListingEntry.Regular) {
      return Kind.FLIST;
    }
    if (entry instanceof ListingEntry.SymbolicLink) {
      return Kind.LINK;
    }
    return entry instanceof ListingEntry.Tag ? Kind.TAG : Kind.TAG_LINK;
  }
}
