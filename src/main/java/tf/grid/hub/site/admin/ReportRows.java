package tf.grid.hub.site.admin;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A report as a table. */
public record ReportRows(String title, Instant ended, List<Row> rows) {

  /** Keeps a copy of the list. */
  public ReportRows {
    rows = List.copyOf(rows);
  }

  /**
   * A row of a report.
   *
   * @param count of chunks or flists; negative if there is none
   * @param bytes of stored chunks; negative if there are none
   */
  public record Row(String label, long count, long bytes) {}

  static ReportRows ofCollection(JsonObject report) {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("Flists", report.getInt("flists"), -1));
    rows.add(chunks("Chunks of flists", report.getJsonObject("live")));
    rows.add(chunks("Chunks in use by recent work", report.getJsonObject("in-use")));
    rows.add(chunks("Unused chunks within the grace period", report.getJsonObject("young")));
    rows.add(chunks("Unused chunks", report.getJsonObject("garbage")));
    if (!report.getBoolean("dry-run")) {
      rows.add(chunks("Deleted chunks", report.getJsonObject("deleted")));
      rows.add(new Row("Space given back", -1, report.getJsonNumber("reclaimed").longValue()));
    }
    rows.add(new Row("Missing chunks", report.getJsonNumber("missing").longValue(), -1));
    String title = report.getBoolean("dry-run") ? "Last dry run" : "Last collection";
    return new ReportRows(title, ended(report), rows);
  }

  static ReportRows ofCheck(JsonObject report) {
    return new ReportRows(
        report.getBoolean("sound") ? "Last check: sound" : "Last check: problems found",
        ended(report),
        List.of(
            new Row("Flists", report.getInt("flists"), -1),
            new Row(
                "Chunks read",
                report.getJsonNumber("chunks").longValue(),
                report.getJsonNumber("bytes").longValue()),
            new Row("Missing chunks", report.getJsonNumber("missing").longValue(), -1),
            new Row("Damaged chunks", report.getJsonNumber("damaged").longValue(), -1)));
  }

  private static Row chunks(String label, JsonObject amount) {
    return new Row(
        label,
        amount.getJsonNumber("chunks").longValue(),
        amount.getJsonNumber("bytes").longValue());
  }

  private static Instant ended(JsonObject report) {
    return Instant.parse(report.getString("ended"));
  }
}
