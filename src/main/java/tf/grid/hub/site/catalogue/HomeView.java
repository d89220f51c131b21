package tf.grid.hub.site.catalogue;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import tf.grid.hub.access.AccessPolicy;
import tf.grid.hub.catalogue.download.SiteAddress;
import tf.grid.hub.catalogue.listing.ListingBodies;
import tf.grid.hub.catalogue.listing.Listings;
import tf.grid.hub.catalogue.name.RepositoryName;

/** The list of repositories, official ones first. */
@Named("home")
@RequestScoped
public class HomeView {

  private static final int ROWS = 200;

  private final Listings listings;
  private final CurrentRequest current;
  private final SiteAddress site;
  private final AccessPolicy policy;
  private ResultPage<Row> results;

  protected HomeView() {
    this(null, null, null, null);
  }

  @Inject
  public HomeView(
      Listings listings, CurrentRequest current, SiteAddress site, AccessPolicy policy) {
    this.site = site;
    this.policy = policy;
    this.listings = listings;
    this.current = current;
  }

  /**
   * A row of the list.
   *
   * @param name the repository
   * @param address of its page
   * @param official whether it is official
   * @param flists number of its flists
   * @param updated modification time
   */
  public record Row(String name, String address, boolean official, long flists, Instant updated) {}

  public ResultPage<Row> getResults() {
    if (results == null) {
      ListingBodies now = listings.current();
      String filter = getFilter().toLowerCase(Locale.ROOT);
      results =
          ResultPage.of(
              now.snapshot().repositories().stream()
                  .filter(name -> name.value().toLowerCase(Locale.ROOT).contains(filter))
                  .map(name -> row(now, name))
                  .sorted(Comparator.comparing(Row::official).reversed())
                  .toList(),
              current.parameter("page"),
              ROWS);
    }
    return results;
  }

  private static Row row(ListingBodies now, RepositoryName name) {
    return new Row(
        name.value(),
        PageLinks.of(name),
        now.isOfficial(name),
        now.snapshot().flists(name),
        Instant.ofEpochSecond(now.snapshot().updated(name)));
  }

  public String getFilter() {
    return current.parameter("filter");
  }

  /** The start of the query string for other pages. */
  public String getQuery() {
    return current.query("filter");
  }

  /** The command that uploads an archive. */
  public String getUploadCommand() {
    String token = policy.open() ? "" : "-H 'Authorization: bearer TOKEN' ";
    return "curl " + token + "-F file=@my-app.tar.gz " + site.publicUrl() + "/api/flist/me/upload";
  }

  /** Whether the page is only about the list: a filter or a later page of it. */
  public boolean isListOnly() {
    return !getFilter().isEmpty() || getResults().number() > 1;
  }

  /** Whether the hub has no repositories. */
  public boolean isBlank() {
    return getResults().total() == 0 && getFilter().isEmpty();
  }
}
