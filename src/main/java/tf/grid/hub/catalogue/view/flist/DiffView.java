package tf.grid.hub.catalogue.view.flist;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.util.List;
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.comparison.Comparisons;
import tf.grid.hub.catalogue.comparison.Page;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.view.Addresses;
import tf.grid.hub.catalogue.view.NotHere;
import tf.grid.hub.http.FileName;

/** What is different in another flist, a page at a time. */
@Named("diff")
@RequestScoped
public class DiffView {

  private static final String ROWS = "200";

  private final AskedFlist asked;
  private final Comparisons comparisons;
  private List<ChangeRow> rows = List.of();
  private String next = "";

  /** For the container's proxy. */
  protected DiffView() {
    this(null, null);
  }

  /** Takes what to compare with. */
  @Inject
  public DiffView(AskedFlist asked, Comparisons comparisons) {
    this.asked = asked;
    this.comparisons = comparisons;
  }

  /**
   * Compares.
   *
   * @throws tf.grid.hub.catalogue.name.CatalogueRefusal if one of the flists is not there or is
   *     damaged, or both have changed since the page before
   */
  public void load() {
    LocatedFlist before = asked.locate();
    String[] other = getOther().split("/", 2);
    if (other.length < 2) {
      throw NotHere.of("flist", getOther());
    }
    LocatedFlist after =
        asked.locate(RepositoryName.requested(other[0]), FlistName.parse(other[1]));
    String cursor = asked.parameter("after");
    Page page = Page.parse(cursor.isEmpty() ? null : cursor, ROWS, null);
    byte[] body = comparisons.page(before, after, page).plain();
    try (JsonReader reader = Json.createReader(new ByteArrayInputStream(body))) {
      show(reader.readObject());
    }
  }

  private void show(JsonObject page) {
    rows = page.getJsonArray("changes").getValuesAs(ChangeRow::of);
    if (page.containsKey("next")) {
      next =
          "?diff="
              + FileName.encode(getOther())
              + "&after="
              + FileName.encode(page.getString("next"));
    }
  }

  /** The flist that this one is compared with, as {@code repository/flist}. */
  public String getOther() {
    return asked.parameter("diff");
  }

  /** The flist as it was before, as {@code repository/flist}. */
  public String getName() {
    return asked.repository() + "/" + asked.name();
  }

  /** The flist without its repository. */
  public String getFlist() {
    return asked.name().stored();
  }

  /** The page of the repository. */
  public String getRepositoryAddress() {
    return Addresses.of(asked.repository());
  }

  /** The repository. */
  public String getRepository() {
    return asked.repository().value();
  }

  /** The page of the flist. */
  public String getAddress() {
    return Addresses.preview(asked.repository(), asked.name().stored());
  }

  /** What differs, in the order of paths. */
  public List<ChangeRow> getRows() {
    return rows;
  }

  /** The address of what comes after these; empty if there is no more. */
  public String getNext() {
    return next;
  }
}
