package tf.grid.hub.catalogue.view;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Optional;
import tf.grid.hub.catalogue.listing.Listings;
import tf.grid.hub.catalogue.listing.Snapshot;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagName;

/** What is in one tag. */
@Named("tag")
@RequestScoped
public class TagView {

  private static final int ROWS = 100;

  private final Listings listings;
  private final Asked asked;
  private RepositoryName repository;
  private TagName name;
  private Sheet<EntryRow> sheet;

  /** For the container's proxy. */
  protected TagView() {
    this(null, null);
  }

  /** Takes what there is. */
  @Inject
  public TagView(Listings listings, Asked asked) {
    this.listings = listings;
    this.asked = asked;
  }

  /**
   * Reads it.
   *
   * @throws tf.grid.hub.catalogue.name.CatalogueRefusal if there is no such
   */
  public void load() {
    repository = asked.repository();
    name = new TagName(asked.part(2));
    Snapshot now = listings.current().snapshot();
    sheet =
        Sheet.of(
            now
                .entries(repository, name)
                .orElseThrow(() -> NotHere.of("tag", repository + "/tags/" + name))
                .stream()
                .map(entry -> EntryRow.of(now, repository, Optional.of(name), entry))
                .toList(),
            asked.parameter("page"),
            ROWS);
  }

  /** The repository that it belongs to. */
  public String getRepository() {
    return repository.value();
  }

  /** The address of that. */
  public String getRepositoryAddress() {
    return Addresses.of(repository);
  }

  /** Its name. */
  public String getName() {
    return name.value();
  }

  /** What is asked for. */
  public Sheet<EntryRow> getSheet() {
    return sheet;
  }
}
