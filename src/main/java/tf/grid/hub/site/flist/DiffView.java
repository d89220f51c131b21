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
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.comparison.ComparisonPage;
import tf.grid.hub.catalogue.comparison.Comparisons;
import tf.grid.hub.catalogue.name.CatalogueException.PageNotFoundException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.http.FileName;
import tf.grid.hub.problem.PrintableText;
import tf.grid.hub.site.catalogue.PageLinks;

/** The differences to another flist, page by page. */
@Named("diff")
@RequestScoped
public class DiffView {

  private static final String ROWS = "200";

  private final CurrentFlist current;
  private final Comparisons comparisons;
  private List<DifferenceRow> rows = List.of();
  private String next = "";

  protected DiffView() {
    this(null, null);
  }

  @Inject
  public DiffView(CurrentFlist current, Comparisons comparisons) {
    this.current = current;
    this.comparisons = comparisons;
  }

  /**
   * Compares the flists.
   *
   * @throws tf.grid.hub.catalogue.name.CatalogueException if a flist does not exist or is damaged,
   *     or one has changed since the previous page
   */
  public void load() {
    LocatedFlist before = current.locate();
    String[] other = getOther().split("/", 2);
    if (other.length < 2) {
      throw PageNotFoundException.of("flist", getOther());
    }
    LocatedFlist after =
        current.locate(RepositoryName.requested(other[0]), FlistName.parse(other[1]));
    String cursor = current.parameter("after");
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

  /** The other flist, as {@code repository/flist}. */
  public String getOther() {
    return current.parameter("diff");
  }

  /** This flist, as {@code repository/flist}. */
  public String getName() {
    return current.repository() + "/" + current.name();
  }

  public String getFlist() {
    return current.name().stored();
  }

  public String getRepositoryAddress() {
    return PageLinks.of(current.repository());
  }

  public String getRepository() {
    return current.repository().value();
  }

  public String getAddress() {
    return PageLinks.preview(current.repository(), current.name().stored());
  }

  /** The differences, in the order of paths. */
  public List<DifferenceRow> getRows() {
    return rows;
  }

  /** The URL of the next page; empty if there is none. */
  public String getNext() {
    return next;
  }

  /**
   * A difference.
   *
   * @param path from the root
   * @param change added, removed or changed
   * @param before the old entry, or null
   * @param after the new entry, or null
   * @param what the aspects in which a changed entry differs
   */
  public record DifferenceRow(
      String path, String change, Side before, Side after, List<String> what) {

    /** Keeps a copy of the list. */
    public DifferenceRow {
      what = List.copyOf(what);
    }

    static DifferenceRow of(JsonObject change) {
      return new DifferenceRow(
          PrintableText.of(change.getString("path")),
          change.getString("change"),
          side(change.getJsonObject("before")),
          side(change.getJsonObject("after")),
          change.containsKey("what")
              ? change.getJsonArray("what").getValuesAs(JsonString.class).stream()
                  .map(JsonString::getString)
                  .toList()
              : List.of());
    }

    private static Side side(JsonObject side) {
      return side == null
          ? null
          : new Side(side.getString("type"), side.getJsonNumber("size").longValueExact());
    }

    /**
     * An entry of one of the flists.
     *
     * @param type of the entry
     * @param size in bytes
     */
    public record Side(String type, long size) {}
  }
}
