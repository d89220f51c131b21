package tf.grid.hub.site;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.catalogue.listing.ListingBodies;
import tf.grid.hub.catalogue.listing.Listings;
import tf.grid.hub.http.gzip.GzipResponse.Page;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.site.language.Language;

/**
 * Keeps pages of the catalogue as visitors who are not signed in see them, until the catalogue
 * changes, and for some seconds at most, because pages show ages. Thread-safe.
 */
@SingletonBean
public class KeptPages {
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** Bytes of all kept pages, and of each. */
  private static final long MEMORY = 4L << 20;

  private static final int LARGEST = 256 << 10;
  private static final int OWN_WEIGHT = 500;

  private final Listings listings;
  private final Cache<Key, Kept> pages;

  @Inject
  public KeptPages(Listings listings, Ticker ticker) {
    this.listings = listings;
    this.pages =
        Caffeine.newBuilder()
            .maximumWeight(MEMORY)
            .<Key, Kept>weigher((key, kept) -> OWN_WEIGHT + kept.page().bytes().length)
            .expireAfterWrite(LONGEST)
            .ticker(ticker::nanos)
            .build();
  }

  /** A request for a page: equal requests get equal pages while the catalogue is the same. */
  private record Key(String path, String query, String language, boolean compressed) {}

  private record Kept(ListingBodies catalogue, Page page) {}

  /**
   * The place of a page; empty if it must be made for each request.
   *
   * @param language of the page
   * @param compressed whether the client accepts that
   */
  Optional<Place> placeOf(
      SitePage page, HttpServletRequest request, Language language, boolean compressed) {
    boolean same =
        page.isOfCatalogue()
            && request.getMethod().equals("GET")
            && request.getUserPrincipal() == null;
    return same
        ? Optional.of(
            new Place(
                new Key(
                    request.getRequestURI(), request.getQueryString(), language.tag(), compressed)))
        : Optional.empty();
  }

  /** Where a page is kept. What it shows is that of the catalogue when this was made, or later. */
  final class Place {
    private final Key key;
    private final ListingBodies catalogue = listings.current();

    private Place(Key key) {
      this.key = key;
    }

    /** The page, if it is kept and still true. */
    Optional<Page> page() {
      return Optional.ofNullable(pages.getIfPresent(key))
          .filter(kept -> kept.catalogue() == catalogue)
          .map(Kept::page);
    }

    void keep(Page page) {
      if (page.bytes().length <= LARGEST) {
        pages.put(key, new Kept(catalogue, page));
      }
    }
  }
}
