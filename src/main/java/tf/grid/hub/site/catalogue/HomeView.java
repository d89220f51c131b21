package tf.grid.hub.site.catalogue;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tf.grid.hub.access.AccessPolicy;
import tf.grid.hub.catalogue.download.SiteAddress;
import tf.grid.hub.catalogue.listing.CatalogueOverview.RepositorySize;
import tf.grid.hub.catalogue.listing.Listings;
import tf.grid.hub.site.identity.SiteIdentity;
import tf.grid.hub.site.preview.ReadmeHtml;

/** The list of repositories, official ones first. */
@Named("home")
@RequestScoped
public class HomeView {

  private static final int ROWS = 200;

  private final Listings listings;
  private final CurrentRequest current;
  private final SiteAddress site;
  private final AccessPolicy policy;
  private final SiteIdentity identity;
  private ResultPage<Row> results;

  protected HomeView() {
    this(null, null, null, null, null);
  }

  @Inject
  public HomeView(
      Listings listings,
      CurrentRequest current,
      SiteAddress site,
      AccessPolicy policy,
      SiteIdentity identity) {
    this.identity = identity;
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
      List<RepositorySize> all = listings.current().overview().repositories();
      results = ResultPage.of(filtered(all), current.parameter("page"), ROWS).map(HomeView::row);
    }
    return results;
  }

  private List<RepositorySize> filtered(List<RepositorySize> all) {
    String filter = getFilter().toLowerCase(Locale.ROOT);
    return filter.isEmpty()
        ? all
        : all.stream()
            .filter(one -> one.name().value().toLowerCase(Locale.ROOT).contains(filter))
            .toList();
  }

  private static Row row(RepositorySize one) {
    return new Row(
        one.name().value(),
        PageLinks.of(one.name()),
        one.official(),
        one.flists(),
        Instant.ofEpochSecond(one.updated()));
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

  /** The welcome text of the operator as HTML; empty if there is none. */
  public String getWelcome() {
    return identity.welcome().isEmpty() ? "" : ReadmeHtml.html(identity.welcome());
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
