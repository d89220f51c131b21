package tf.grid.hub.site.catalogue;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.catalogue.listing.ListingBodies;
import tf.grid.hub.catalogue.listing.ListingEntry;
import tf.grid.hub.catalogue.listing.Listings;
import tf.grid.hub.catalogue.name.CatalogueException.PageNotFoundException;
import tf.grid.hub.catalogue.name.RepositoryName;

/** The contents of a repository. */
@Named("repository")
@RequestScoped
public class RepositoryView {

  private static final int ROWS = 100;

  private final Listings listings;
  private final CurrentRequest current;
  private final AccessControl access;
  private RepositoryName name;
  private boolean official;
  private ResultPage<EntryRow> results;

  protected RepositoryView() {
    this(null, null, null);
  }

  @Inject
  public RepositoryView(Listings listings, CurrentRequest current, AccessControl access) {
    this.listings = listings;
    this.current = current;
    this.access = access;
  }

  /**
   * Reads the repository.
   *
   * @throws tf.grid.hub.catalogue.name.CatalogueException if the repository does not exist
   */
  public void load() {
    RepositoryName wanted = current.repository();
    ListingBodies now = listings.current();
    String filter = getFilter().toLowerCase(Locale.ROOT);
    List<ListingEntry> entries = now.snapshot().entries(wanted).orElseGet(() -> nothingYet(wanted));
    List<EntryRow> rows =
        sorted(
            entries.stream()
                .filter(entry -> entry.name().toLowerCase(Locale.ROOT).contains(filter))
                .map(entry -> EntryRow.of(now.snapshot(), wanted, Optional.empty(), entry)));
    results = ResultPage.of(rows, current.parameter("page"), ROWS);
    official = now.isOfficial(wanted);
    name = wanted;
  }

  /** Users who have not published yet have an empty repository. */
  private List<ListingEntry> nothingYet(RepositoryName wanted) {
    if (access.current().map(AccountName::value).filter(wanted.value()::equals).isEmpty()) {
      throw PageNotFoundException.of("repository", wanted);
    }
    return List.of();
  }

  /** By default in the order of the listing, which is by code points. */
  private List<EntryRow> sorted(Stream<EntryRow> rows) {
    return switch (getSort()) {
      case "size" -> rows.sorted(Comparator.comparingLong(EntryRow::size).reversed()).toList();
      case "changed" -> rows.sorted(Comparator.comparing(EntryRow::updated).reversed()).toList();
      default -> rows.toList();
    };
  }

  public String getName() {
    return name.value();
  }

  public boolean isOfficial() {
    return official;
  }

  public ResultPage<EntryRow> getResults() {
    return results;
  }

  public String getFilter() {
    return current.parameter("filter");
  }

  /** The sort order: {@code size}, {@code changed}, otherwise by name. */
  public String getSort() {
    return current.parameter("sort");
  }

  /** The start of the query string for other pages. */
  public String getQuery() {
    return current.query("filter")
        + (getSort().isEmpty() ? "" : current.query("sort").substring(1));
  }

  /** The start of the query string for another order. */
  public String getSortQuery() {
    return current.query("filter");
  }
}
