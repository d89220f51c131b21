package tf.grid.hub.search.name;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import tf.grid.hub.catalogue.listing.ListingEntry;
import tf.grid.hub.catalogue.listing.Snapshot;
import tf.grid.hub.catalogue.name.CodePointOrder;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.search.name.NameMatch.Kind;
import tf.grid.hub.search.name.NameMatch.Rank;

/**
 * A case-insensitive search by words. All words must occur in {@code repository/name}, and at least
 * one in the name itself, so that the name of a repository does not match all its entries.
 * Immutable.
 */
public final class NameSearch {

  /** Longer queries are cut, since no name is longer. */
  private static final int MOST_CHARACTERS = 512;

  private static final Comparator<NameMatch> ORDER =
      Comparator.comparing(NameMatch::rank)
          .thenComparing(NameMatch::kind)
          .thenComparing(NameMatch::repository)
          .thenComparing(NameMatch::name, CodePointOrder.COMPARATOR);

  private final String whole;
  private final List<String> words;

  private NameSearch(String whole) {
    this.whole = whole;
    this.words = whole.isEmpty() ? List.of() : List.of(whole.split("\\s+", -1));
  }

  /** Creates a search for a user's query. */
  public static NameSearch of(String text) {
    String bounded = text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) : text;
    return new NameSearch(bounded.strip().toLowerCase(Locale.ROOT));
  }

  /** Whether the query is empty; it has no results then. */
  public boolean isEmpty() {
    return words.isEmpty();
  }

  /** Returns the matches, best ones first. */
  public List<NameMatch> in(Snapshot catalogue) {
    List<NameMatch> found = new ArrayList<>();
    for (RepositoryName repository :
        isEmpty() ? List.<RepositoryName>of() : catalogue.repositories()) {
      String name = repository.value();
      if (matches(name, name)) {
        long updated = catalogue.updated(repository);
        found.add(new NameMatch(Kind.REPOSITORY, repository, name, updated, rank(name, name)));
      }
      for (ListingEntry entry : catalogue.entries(repository).orElseThrow()) {
        add(repository, entry, found);
      }
    }
    found.sort(ORDER);
    return found;
  }

  private void add(RepositoryName repository, ListingEntry entry, List<NameMatch> found) {
    String path = repository + "/" + entry.name();
    if (matches(entry.name(), path)) {
      Rank rank = rank(entry.name(), path);
      found.add(new NameMatch(kind(entry), repository, entry.name(), entry.updated(), rank));
    }
  }

  private boolean matches(String name, String path) {
    String lowerName = name.toLowerCase(Locale.ROOT);
    String lowerPath = path.toLowerCase(Locale.ROOT);
    return words.stream().allMatch(lowerPath::contains)
        && words.stream().anyMatch(word -> lowerName.contains(word) || word.indexOf('/') >= 0);
  }

  private Rank rank(String name, String path) {
    Rank ofName = rank(name.toLowerCase(Locale.ROOT));
    Rank ofPath = rank(path.toLowerCase(Locale.ROOT));
    return ofName.compareTo(ofPath) < 0 ? ofName : ofPath;
  }

  private Rank rank(String text) {
    if (text.equals(whole) || text.equals(whole + FlistName.SUFFIX)) {
      return Rank.EXACT;
    }
    if (text.startsWith(whole)) {
      return Rank.PREFIX;
    }
    return text.contains(whole) ? Rank.PART : Rank.WORDS;
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
