package tf.grid.hub.site.merge;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.stream.Stream;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.catalogue.listing.ListingEntry;
import tf.grid.hub.catalogue.listing.Listings;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.search.Search;
import tf.grid.hub.catalogue.search.SearchHit;

/** Flists that the visitor may want to merge: the own ones, and what was looked for. */
@Named("suggestion")
@RequestScoped
public class SuggestionView {

  private static final int MOST_OWN = 200;
  private static final int MOST_FOUND = 20;

  private final AccessControl access;
  private final Listings listings;
  private final MergeSelection sources;
  private List<Found> found;

  /** For the container's proxy. */
  protected SuggestionView() {
    this(null, null, null);
  }

  /** Takes who asks, what there is, and what is chosen already. */
  @Inject
  public SuggestionView(AccessControl access, Listings listings, MergeSelection sources) {
    this.access = access;
    this.listings = listings;
    this.sources = sources;
  }

  /** Flists and links of the account that the visitor acts for, up to a bound. */
  public List<String> getOwn() {
    return access
        .current()
        .map(AccountName::value)
        .flatMap(RepositoryName::ofStored)
        .map(own -> flistsOf(own).limit(MOST_OWN).toList())
        .orElse(List.of());
  }

  private Stream<String> flistsOf(RepositoryName own) {
    return listings.current().snapshot().entries(own).stream()
        .flatMap(List::stream)
        .filter(
            entry ->
                entry instanceof ListingEntry.Regular || entry instanceof ListingEntry.SymbolicLink)
        .map(entry -> own + "/" + entry.name());
  }

  /** What is looked for; empty if nothing is. */
  public String getWords() {
    return sources.words();
  }

  /**
   * A flist that was found.
   *
   * @param name {@code repository/flist}
   * @param address of the page on which it is chosen too
   */
  public record Found(String name, String address) {}

  /** What was found, up to a bound. */
  public List<Found> getFound() {
    if (found == null) {
      found =
          Search.of(getWords()).in(listings.current().snapshot()).stream()
              .filter(
                  hit -> hit.kind() == SearchHit.Kind.FLIST || hit.kind() == SearchHit.Kind.LINK)
              .limit(MOST_FOUND)
              .map(hit -> found(hit.repository() + "/" + hit.name()))
              .toList();
    }
    return found;
  }

  private Found found(String name) {
    List<String> more = Stream.concat(sources.chosen().stream(), Stream.of(name)).toList();
    return new Found(name, MergeSourceRow.address(more));
  }
}
