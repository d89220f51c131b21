package tf.grid.hub.site.catalogue;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.listing.CatalogueOverview.RecentFlist;
import tf.grid.hub.catalogue.listing.ListingEntry;
import tf.grid.hub.catalogue.listing.Listings;
import tf.grid.hub.catalogue.name.CatalogueException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.limit.TryAgainLaterException;
import tf.grid.hub.site.preview.FlistPreview;
import tf.grid.hub.site.preview.FlistPreviews;

/**
 * The flists on the start page. Descriptions come from the cache of previews. A request reads one
 * that is missing, and more for {@value #MILLIS} ms, so that a cold start page is not slow; the
 * next requests read the others.
 */
@Named("cards")
@RequestScoped
public class FlistCards {

  private static final long MILLIS = 200;

  private static final int MOST_OWN = 3;

  /** Larger flist files are not read for a card, in bytes. */
  private static final long LARGEST_READ = 4 << 20;

  private final Listings listings;
  private final Catalogue catalogue;
  private final FlistPreviews previews;
  private final AccessControl access;
  private final long start = Ticker.SYSTEM.nanos();
  private boolean reading;
  private List<Card> own;
  private List<Card> official;
  private List<Card> recent;

  protected FlistCards() {
    this(null, null, null, null);
  }

  @Inject
  public FlistCards(
      Listings listings, Catalogue catalogue, FlistPreviews previews, AccessControl access) {
    this.access = access;
    this.listings = listings;
    this.catalogue = catalogue;
    this.previews = previews;
  }

  /**
   * A flist on the start page. Immutable.
   *
   * @param repository of the flist
   * @param name without suffix
   * @param address of its page
   * @param description the first paragraph of its readme; empty if there is none or it is not known
   *     yet
   * @param contentSize bytes of its files; -1 if not known yet
   * @param updated modification time
   */
  public record Card(
      String repository,
      String name,
      String address,
      String description,
      long contentSize,
      Instant updated) {}

  /** The flists of official repositories that changed last. */
  public List<Card> getOfficial() {
    if (official == null) {
      official = cards(listings.current().overview().newestOfficial());
    }
    return official;
  }

  /** The flists of other repositories that changed last. */
  public List<Card> getRecent() {
    if (recent == null) {
      recent = cards(listings.current().overview().newestOthers());
    }
    return recent;
  }

  /** The flists of the acting account that changed last. */
  public List<Card> getOwn() {
    if (own == null) {
      own =
          access
              .current()
              .map(AccountName::value)
              .flatMap(RepositoryName::ofStored)
              .map(this::newest)
              .map(this::cards)
              .orElse(List.of());
    }
    return own;
  }

  private List<RecentFlist> newest(RepositoryName repository) {
    return listings.current().snapshot().entries(repository).orElse(List.of()).stream()
        .filter(ListingEntry.Regular.class::isInstance)
        .map(ListingEntry.Regular.class::cast)
        .sorted(Comparator.comparingLong(ListingEntry.Regular::updated).reversed())
        .limit(MOST_OWN)
        .map(flist -> new RecentFlist(repository, flist.name(), flist.size(), flist.updated()))
        .toList();
  }

  private List<Card> cards(List<RecentFlist> flists) {
    return flists.stream().map(this::card).toList();
  }

  private Card card(RecentFlist found) {
    String stored = found.name();
    Optional<FlistPreview> preview = preview(found);
    return new Card(
        found.repository().value(),
        stored.substring(0, stored.length() - FlistName.SUFFIX.length()),
        PageLinks.preview(found.repository(), stored),
        preview.map(FlistPreview::summary).orElse(""),
        preview.map(known -> known.counts().fullsize()).orElse(-1L),
        Instant.ofEpochSecond(found.updated()));
  }

  /** Empty if the flist is large, damaged, gone, or the time is used up. */
  private Optional<FlistPreview> preview(RecentFlist found) {
    if (found.size() > LARGEST_READ) {
      return Optional.empty();
    }
    try {
      var flist = catalogue.entries().locate(found.repository(), FlistName.parse(found.name()));
      Optional<FlistPreview> known = previews.known(flist);
      if (known.isEmpty() && (!reading || Ticker.SYSTEM.nanos() - start < MILLIS * 1_000_000)) {
        reading = true;
        return Optional.of(previews.of(flist));
      }
      return known;
    } catch (CatalogueException | TryAgainLaterException e) {
      return Optional.empty();
    }
  }
}
