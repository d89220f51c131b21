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
import tf.grid.hub.search.name.NameMatch;
import tf.grid.hub.search.name.NameSearch;

/** Suggested sources: the visitor's own flists, and search results. */
@Named("suggestion")
@RequestScoped
public class SuggestionView {

  private static final int MOST_OWN = 200;
  private static final int MOST_FOUND = 20;

  private final AccessControl access;
  private final Listings listings;
  private final MergeSelection sources;
  private List<Found> found;

  protected SuggestionView() {
    this(null, null, null);
  }

  @Inject
  public SuggestionView(AccessControl access, Listings listings, MergeSelection sources) {
    this.access = access;
    this.listings = listings;
    this.sources = sources;
  }

  /** Flists and links of the acting account, up to a limit. */
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

  /** The search text, or empty. */
  public String getWords() {
    return sources.words();
  }

  /**
   * A search result.
   *
   * @param name {@code repository/flist}
   * @param address URL of the page with this source added
   */
  public record Found(String name, String address) {}

  /** The search results, up to a limit. */
  public List<Found> getFound() {
    if (found == null) {
      found =
          NameSearch.of(getWords()).in(listings.current().snapshot()).stream()
              .filter(
                  hit -> hit.kind() == NameMatch.Kind.FLIST || hit.kind() == NameMatch.Kind.LINK)
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
