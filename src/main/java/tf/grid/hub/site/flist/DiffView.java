package tf.grid.hub.site.flist;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.stream.Collectors;
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.comparison.ComparisonPage;
import tf.grid.hub.catalogue.comparison.Comparisons;
import tf.grid.hub.catalogue.name.CatalogueException.PageNotFoundException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.flist.PrintableText;
import tf.grid.hub.http.FileName;
import tf.grid.hub.site.catalogue.PageLinks;

/** What is different in another flist, a page at a time. */
@Named("diff")
@RequestScoped
public class DiffView {

  private static final String ROWS = "200";

  private final CurrentFlist asked;
  private final Comparisons comparisons;
  private List<DifferenceRow> rows = List.of();
  private String next = "";

  /** For the container's proxy. */
  protected DiffView() {
    this(null, null);
  }

  /** Takes what to compare with. */
  @Inject
  public DiffView(CurrentFlist asked, Comparisons comparisons) {
    this.asked = asked;
    this.comparisons = comparisons;
  }

  /**
   * Compares.
   *
   * @throws tf.grid.hub.catalogue.name.CatalogueException if one of the flists is not there or is
   *     damaged, or both have changed since the page before
   */
  public void load() {
    LocatedFlist before = asked.locate();
    String[] other = getOther().split("/", 2);
    if (other.length < 2) {
      throw PageNotFoundException.of("flist", getOther());
    }
    LocatedFlist after =
        asked.locate(RepositoryName.requested(other[0]), FlistName.parse(other[1]));
    String cursor = asked.parameter("after");
    ComparisonPage page = ComparisonPage.parse(cursor.isEmpty() ? null : cursor, ROWS, null);
    byte[] body = comparisons.page(before, after, page).plain();
    try (JsonReader reader = Json.createReader(new ByteArrayInputStream(body))) {
      show(reader.readObject());
    }
  }

  private void show(JsonObject page) {
    rows = page.getJsonArray("changes").getValuesAs(DifferenceRow::of);
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
    return PageLinks.of(asked.repository());
  }

  /** The repository. */
  public String getRepository() {
    return asked.repository().value();
  }

  /** The page of the flist. */
  public String getAddress() {
    return PageLinks.preview(asked.repository(), asked.name().stored());
  }

  /** What differs, in the order of paths. */
  public List<DifferenceRow> getRows() {
    return rows;
  }

  /** The address of what comes after these; empty if there is no more. */
  public String getNext() {
    return next;
  }

  /**
   * A path at which two flists differ, for people.
   *
   * @param path from the root
   * @param change whether it was added, removed or changed
   * @param before what was there; null if nothing was
   * @param after what is there; null if nothing is
   * @param what is different of an entry that both have
   */
  public record DifferenceRow(String path, String change, Side before, Side after, String what) {

    static DifferenceRow of(JsonObject change) {
      return new DifferenceRow(
          PrintableText.of(change.getString("path")),
          change.getString("change"),
          side(change.getJsonObject("before")),
          side(change.getJsonObject("after")),
          change.containsKey("what")
              ? change.getJsonArray("what").getValuesAs(JsonString.class).stream()
                  .map(JsonString::getString)
                  .collect(Collectors.joining(", "))
              : "");
    }

    private static Side side(JsonObject side) {
      return side == null
          ? null
          : new Side(side.getString("type"), side.getJsonNumber("size").longValueExact());
    }

    /**
     * What one of the flists has at the path.
     *
     * @param type of the entry
     * @param size in bytes
     */
    public record Side(String type, long size) {}
  }
}
