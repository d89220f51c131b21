package tf.grid.hub.search;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import tf.grid.hub.catalogue.EntryPath;
import tf.grid.hub.catalogue.StoredItem;
import tf.grid.hub.catalogue.listing.ListingBodies;
import tf.grid.hub.catalogue.listing.Listings;
import tf.grid.hub.catalogue.name.CodePointOrder;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.search.index.PathMatches;
import tf.grid.hub.search.index.PathMatches.FlistMatch;
import tf.grid.hub.search.name.NameMatch;
import tf.grid.hub.search.name.NameMatch.Kind;
import tf.grid.hub.search.name.NameSearch;

/**
 * Searches names of repositories, flists and tags, and paths in flists. Thread-safe.
 *
 * <p>Exact names come first, then names that start with the query, then flists that have it as a
 * path or file name, and so on.
 */
public final class CatalogueSearch {
  private static final System.Logger LOG = System.getLogger(CatalogueSearch.class.getName());

  private static final Comparator<RankedHit> ORDER =
      Comparator.comparingInt(RankedHit::rank)
          .thenComparing(ranked -> ranked.hit().kind())
          .thenComparing(ranked -> !ranked.hit().official())
          .thenComparing(ranked -> ranked.hit().repository())
          .thenComparing(ranked -> ranked.hit().name(), CodePointOrder.COMPARATOR);

  private final Listings listings;
  private final PathIndexer paths;
  private final Clock clock;

  /**
   * Creates a search.
   *
   * @param clock tells how long ago something changed
   */
  public CatalogueSearch(Listings listings, PathIndexer paths, Clock clock) {
    this.listings = listings;
    this.paths = paths;
    this.clock = clock;
  }

  /** Finds what matches; nothing if the text is empty. */
  public SearchResults find(SearchCriteria criteria) {
    ListingBodies now = listings.current();
    PathMatches byPath = pathMatches(criteria, now);
    Map<Key, RankedHit> found = new HashMap<>();
    for (FlistMatch match : byPath.flists()) {
      pathHit(match, now).ifPresent(hit -> found.put(Key.of(hit), hit));
    }
    for (NameMatch match : NameSearch.of(criteria.text()).in(now.snapshot())) {
      RankedHit hit = nameHit(match, now);
      found.merge(Key.of(hit), hit, RankedHit::joined);
    }
    List<SearchHit> all = found.values().stream().sorted(ORDER).map(RankedHit::hit).toList();
    Restriction restriction = new Restriction(criteria, clock.instant().getEpochSecond());
    return new SearchResults(
        restriction.apply(all), byPath.more(), paths.waiting(), restriction.facets(all));
  }

  /** Size of all files of a flist in bytes; empty if it is not known. */
  public OptionalLong contentBytes(EntryPath flist) {
    return paths.contentBytes(flist.repository(), flist.name());
  }

  private PathMatches pathMatches(SearchCriteria criteria, ListingBodies now) {
    Set<String> official =
        now.snapshot().repositories().stream()
            .filter(now::isOfficial)
            .map(RepositoryName::value)
            .collect(Collectors.toSet());
    try {
      return paths.find(criteria.text(), criteria.repository().map(Set::of).orElse(official));
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, "paths cannot be searched: {0}", e.toString());
      return PathMatches.NONE;
    }
  }

  /** Empty if the flist was deleted since it was indexed. */
  private Optional<RankedHit> pathHit(FlistMatch match, ListingBodies now) {
    RepositoryName repository = new RepositoryName(match.flist().repository());
    String name = match.flist().name();
    int rank =
        switch (match.rank()) {
          case EXACT -> 2;
          case PREFIX -> 4;
          case PART -> 6;
        };
    return now.snapshot()
        .at(new EntryPath(repository, Optional.empty(), name))
        .filter(StoredItem.File.class::isInstance)
        .map(
            file ->
                new SearchHit(
                    Kind.FLIST,
                    repository,
                    name,
                    now.isOfficial(repository),
                    file.modified(),
                    paths.contentBytes(repository, name),
                    match.paths(),
                    match.more()))
        .map(hit -> new RankedHit(hit, rank));
  }

  private RankedHit nameHit(NameMatch match, ListingBodies now) {
    int rank =
        switch (match.rank()) {
          case EXACT -> 0;
          case PREFIX -> 1;
          case PART -> 3;
          case WORDS -> 5;
        };
    SearchHit hit =
        new SearchHit(
            match.kind(),
            match.repository(),
            match.name(),
            now.isOfficial(match.repository()),
            match.updated(),
            match.kind() == Kind.FLIST
                ? paths.contentBytes(match.repository(), match.name())
                : OptionalLong.empty(),
            List.of(),
            false);
    return new RankedHit(hit, rank);
  }

  /**
   * A result with its place among the others.
   *
   * @param rank less for better results
   */
  private record RankedHit(SearchHit hit, int rank) {

    /** One flist found by its paths and by its name: it keeps the paths and the better rank. */
    static RankedHit joined(RankedHit byPath, RankedHit byName) {
      return new RankedHit(byPath.hit(), Math.min(byPath.rank(), byName.rank()));
    }
  }

  private record Key(Kind kind, RepositoryName repository, String name) {
    static Key of(RankedHit ranked) {
      return new Key(ranked.hit().kind(), ranked.hit().repository(), ranked.hit().name());
    }
  }
}
