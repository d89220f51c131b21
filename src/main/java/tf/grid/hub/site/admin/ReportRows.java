package tf.grid.hub.site.admin;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A report as a table.
 *
 * @param title key of a text
 */
public record ReportRows(String title, Instant ended, List<Row> rows) {

  /** Keeps a copy of the list. */
  public ReportRows {
    rows = List.copyOf(rows);
  }

  /**
   * A row of a report.
   *
   * @param label key of a text
   * @param count of chunks or flists; negative if there is none
   * @param bytes of stored chunks; negative if there are none
   * @param time null if there is none
   */
  public record Row(String label, long count, long bytes, Instant time) {
    Row(String label, long count, long bytes) {
      this(label, count, bytes, null);
    }
  }

  static ReportRows ofCollection(JsonObject report) {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("admin.flists", report.getInt("flists"), -1));
    rows.add(chunks("admin.live", report.getJsonObject("live")));
    rows.add(chunks("admin.in-use", report.getJsonObject("in-use")));
    rows.add(chunks("admin.young", report.getJsonObject("young")));
    rows.add(chunks("admin.garbage", report.getJsonObject("garbage")));
    if (report.containsKey("oldest")) {
      rows.add(new Row("admin.oldest", -1, -1, Instant.parse(report.getString("oldest"))));
    }
    if (!report.getBoolean("dry-run")) {
      rows.add(chunks("admin.deleted", report.getJsonObject("deleted")));
      rows.add(new Row("admin.reclaimed", -1, report.getJsonNumber("reclaimed").longValue()));
    }
    rows.add(new Row("admin.missing", report.getJsonNumber("missing").longValue(), -1));
    String title = report.getBoolean("dry-run") ? "admin.last-dry-run" : "admin.last-collection";
    return new ReportRows(title, ended(report), rows);
  }

  static ReportRows ofCheck(JsonObject report) {
    return new ReportRows(
        report.getBoolean("sound") ? "admin.check-sound" : "admin.check-problems",
        ended(report),
        List.of(
            new Row("admin.flists", report.getInt("flists"), -1),
            new Row(
                "admin.read",
                report.getJsonNumber("chunks").longValue(),
                report.getJsonNumber("bytes").longValue()),
            new Row("admin.missing", report.getJsonNumber("missing").longValue(), -1),
            new Row("admin.damaged", report.getJsonNumber("damaged").longValue(), -1)));
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
