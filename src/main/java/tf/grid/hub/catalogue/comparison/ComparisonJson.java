package tf.grid.hub.catalogue.comparison;

import jakarta.json.stream.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.diff.DiffPosition;
import tf.grid.hub.flist.diff.Difference;
import tf.grid.hub.flist.diff.EntryKind;
import tf.grid.hub.flist.diff.FlistDiff;
import tf.grid.hub.http.json.JsonBody;

/** Writes a page of differences while they are found. Not thread-safe. */
final class ComparisonJson implements FlistDiff.Visitor {
  /** Maximum total length of the paths on a page, in bytes. */
  static final int MOST_PATH_BYTES = 1 << 20;

  private final JsonGenerator json;
  private final ComparisonPage page;
  private int count;
  private long pathBytes;
  private DiffPosition last;
  private boolean more;

  private ComparisonJson(JsonGenerator json, ComparisonPage page) {
    this.json = json;
    this.page = page;
  }

  /**
   * Creates a page, with a cursor if there are more differences.
   *
   * @param state identity of the flists, for the cursor
   */
  static JsonBody of(FlistDiff diff, ComparisonPage page, int state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 13);
    JsonBody.write(bytes, json -> new ComparisonJson(json, page).write(diff, state));
    return JsonBody.of(bytes.toByteArray());
  }

  private void write(FlistDiff diff, int state) throws IOException {
    json.writeStartObject().writeStartArray("changes");
    diff.walk(page.after().map(Cursor::place), this);
    json.writeEnd();
    if (more) {
      json.write("next", new Cursor(state, last).toString());
    }
    json.writeEnd();
  }

  @Override
  public boolean difference(Difference difference) {
    if (!page.counts(difference)) {
      return true;
    }
    if (count == page.limit() || pathBytes > MOST_PATH_BYTES) {
      more = true;
      return false;
    }
    write(difference, json);
    count++;
    last = difference.place();
    pathBytes += last.path().length();
    return true;
  }

  private static void write(Difference difference, JsonGenerator json) {
    json.writeStartObject()
        .write("path", "/" + difference.place().path())
        .write("change", change(difference));
    difference.before().ifPresent(node -> write("before", node, json));
    difference.after().ifPresent(node -> write("after", node, json));
    if (!difference.aspects().isEmpty()) {
      json.writeStartArray("what");
      difference.aspects().forEach(aspect -> json.write(lower(aspect)));
      json.writeEnd();
    }
    json.writeEnd();
  }

  private static String change(Difference difference) {
    if (difference.before().isEmpty()) {
      return "added";
    }
    return difference.after().isEmpty() ? "removed" : "changed";
  }

  private static void write(String side, Node node, JsonGenerator json) {
    json.writeStartObject(side)
        .write("type", lower(EntryKind.of(node)))
        .write("size", node.size())
        .writeEnd();
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
