package tf.grid.hub.site.catalogue;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.catalogue.EntryPath;
import tf.grid.hub.catalogue.StoredItems.Followed;
import tf.grid.hub.catalogue.listing.ListingBodies;
import tf.grid.hub.catalogue.listing.ListingEntry;
import tf.grid.hub.catalogue.listing.Listings;
import tf.grid.hub.catalogue.listing.Snapshot;
import tf.grid.hub.catalogue.name.CatalogueException.PageNotFoundException;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagName;
import tf.grid.hub.search.CatalogueSearch;

/** The contents of a repository: flists and links page by page, and tags. */
@Named("repository")
@RequestScoped
public class RepositoryView {

  private static final int ROWS = 100;

  /** The page shows at most as many tags; the filter finds the others. */
  private static final int MOST_TAGS = 50;

  private static final String REVERSE = "-";

  private final Listings listings;
  private final CurrentRequest current;
  private final AccessControl access;
  private final CatalogueSearch search;
  private Snapshot now;
  private boolean official;
  private Instant updated;
  private List<EntryRow> all;
  private List<EntryRow> tags;
  private ResultPage<EntryRow> results;

  protected RepositoryView() {
    this(null, null, null, null);
  }

  @Inject
  public RepositoryView(
      Listings listings, CurrentRequest current, AccessControl access, CatalogueSearch search) {
    this.listings = listings;
    this.current = current;
    this.access = access;
    this.search = search;
  }

  /**
   * Reads the repository.
   *
   * @throws tf.grid.hub.catalogue.name.CatalogueException if the repository does not exist
   */
  public void load() {
    RepositoryName name = current.repository();
    ListingBodies bodies = listings.current();
    now = bodies.snapshot();
    List<ListingEntry> entries = now.entries(name).orElseGet(() -> nothingYet(name));
    all =
        entries.stream()
            .map(entry -> EntryRow.of(now, name, Optional.empty(), entry, this::size))
            .toList();
    String filter = getFilter().toLowerCase(Locale.ROOT);
    List<EntryRow> matching =
        ordered(
            all.stream()
                .filter(row -> row.name().toLowerCase(Locale.ROOT).contains(filter))
                .collect(Collectors.toCollection(ArrayList::new)));
    List<EntryRow> rows = matching.stream().filter(row -> !row.tagged()).toList();
    results = ResultPage.of(rows, current.parameter("page"), ROWS);
    tags = matching.stream().filter(EntryRow::tagged).toList();
    official = bodies.isOfficial(name);
    updated = all.stream().map(EntryRow::updated).max(Comparator.naturalOrder()).orElse(null);
  }

  /** Forms are processed before the page is loaded, but only if they are in it. */
  private void look() {
    if (results == null) {
      load();
    }
  }

  private long size(EntryPath flist) {
    return search.contentBytes(flist).orElse(-1);
  }

  /** Users who have not published yet have an empty repository. */
  private List<ListingEntry> nothingYet(RepositoryName wanted) {
    if (access.current().map(AccountName::value).filter(wanted.value()::equals).isEmpty()) {
      throw PageNotFoundException.of("repository", wanted);
    }
    return List.of();
  }

  /** By default in the order of the listing, which is by code points. */
  private List<EntryRow> ordered(List<EntryRow> rows) {
    String sort = getSort();
    boolean reverse = sort.startsWith(REVERSE);
    switch (reverse ? sort.substring(1) : sort) {
      case "size" -> rows.sort(Comparator.comparingLong(EntryRow::contentSize).reversed());
      case "changed" -> rows.sort(Comparator.comparing(EntryRow::updated).reversed());
      default -> {}
    }
    if (reverse) {
      Collections.reverse(rows);
    }
    return rows;
  }

  public String getName() {
    return current.repository().value();
  }

  public String getAddress() {
    return PageLinks.of(current.repository());
  }

  /** The URL of the feed of changes. */
  public String getFeed() {
    return "/api/feed" + getAddress();
  }

  public boolean isOfficial() {
    look();
    return official;
  }

  /** When an entry changed last; null if there is none. */
  public Instant getUpdated() {
    look();
    return updated;
  }

  /** Whether nothing is published. */
  public boolean isBlank() {
    look();
    return all.isEmpty();
  }

  /** The number of entries of a kind, whatever the filter. */
  public long count(String kind) {
    look();
    return all.stream().filter(row -> row.kind().equals(kind)).count();
  }

  /** Bytes of the files of all flists of which this is known. */
  public long getContentSize() {
    look();
    return all.stream()
        .filter(row -> row.kind().equals("flist"))
        .mapToLong(row -> Math.max(0, row.contentSize()))
        .sum();
  }

  /** Flists and links. */
  public ResultPage<EntryRow> getResults() {
    look();
    return results;
  }

  /** Tags and links to tags, up to a limit. */
  public List<TagGroup> getTags() {
    look();
    return tags.stream().limit(MOST_TAGS).map(this::group).toList();
  }

  /** The number of tags that are not shown. */
  public int getMoreTags() {
    look();
    return Math.max(0, tags.size() - MOST_TAGS);
  }

  private TagGroup group(EntryRow row) {
    RepositoryName own = current.repository();
    Optional<EntryPath> place =
        row.target().isEmpty()
            ? Optional.of(EntryPath.of(own, new TagName(row.name())))
            : now.follow(new EntryPath(own, Optional.empty(), row.name())).map(Followed::place);
    List<EntryRow> entries = place.map(this::entries).orElse(List.of());
    return new TagGroup(row, entries.stream().limit(TagGroup.SHOWN).toList(), entries.size());
  }

  private List<EntryRow> entries(EntryPath place) {
    Optional<TagName> tag = TagName.ofStored(place.name());
    return tag.flatMap(name -> now.entries(place.repository(), name)).orElse(List.of()).stream()
        .map(entry -> EntryRow.of(now, place.repository(), tag, entry, flist -> -1))
        .toList();
  }

  public String getFilter() {
    return current.parameter("filter");
  }

  /**
   * The sort order: {@code size} or {@code changed} with the largest first, otherwise by name; with
   * a minus sign, reversed.
   */
  public String getSort() {
    return current.parameter("sort");
  }

  /** The start of the query string for other pages. */
  public String getQuery() {
    return current.query("filter")
        + (getSort().isEmpty() ? "" : current.query("sort").substring(1));
  }

  /** The query string that sorts by a column, or reverses the order if it is sorted by it. */
  public String sorted(String column) {
    boolean already = getSort().equals(column) || (getSort().isEmpty() && column.equals("name"));
    return current.query("filter") + "sort=" + (already ? REVERSE : "") + column;
  }

  /** The direction in which a column is sorted, in the words of {@code aria-sort}. */
  public String direction(String column) {
    boolean name = column.equals("name");
    if (getSort().equals(column) || (getSort().isEmpty() && name)) {
      return name ? "ascending" : "descending";
    }
    if (getSort().equals(REVERSE + column)) {
      return name ? "descending" : "ascending";
    }
    return "none";
  }
}
