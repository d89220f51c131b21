package tf.grid.hub.upload.merge;

import jakarta.json.stream.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import tf.grid.hub.flist.diff.EntryKind;
import tf.grid.hub.flist.merge.FlistMerge;
import tf.grid.hub.flist.merge.MergeConflict;
import tf.grid.hub.flist.merge.MergeConflict.SourceEntry;
import tf.grid.hub.http.json.JsonBody;

/**
 * Writes the conflicts of a merge as they are found, without keeping them in memory. Not
 * thread-safe.
 */
final class ConflictsJson {
  /** Conflicts that a response lists; further ones are only counted. */
  static final int MOST = 1000;

  /** Maximum total bytes of paths and source names. */
  static final int MOST_NAME_BYTES = 1 << 20;

  private final JsonGenerator json;
  private final List<String> sources;
  private int count;
  private long nameBytes;
  private boolean more;

  private ConflictsJson(JsonGenerator json, List<String> sources) {
    this.json = json;
    this.sources = sources;
  }

  /**
   * Lists the conflicts of a merge, and whether there are more.
   *
   * @param sources names of the sources in the request
   */
  static JsonBody of(FlistMerge merge, List<String> sources) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 13);
    JsonBody.write(bytes, json -> new ConflictsJson(json, sources).write(merge));
    return JsonBody.of(bytes.toByteArray());
  }

  private void write(FlistMerge merge) throws IOException {
    json.writeStartObject().writeStartArray("conflicts");
    merge.clashes(this::clash);
    json.writeEnd().write("more", more).writeEnd();
  }

  private boolean clash(MergeConflict clash) {
    if (count == MOST || nameBytes > MOST_NAME_BYTES) {
      more = true;
      return false;
    }
    count++;
    nameBytes += clash.path().length();
    write(clash);
    return true;
  }

  private void write(MergeConflict clash) {
    json.writeStartObject().write("path", "/" + clash.path()).writeStartObject("kept");
    write(clash.kept());
    json.writeEnd().writeStartArray("dropped");
    for (SourceEntry version : clash.dropped()) {
      json.writeStartObject();
      write(version);
      json.writeEnd();
    }
    json.writeEnd().writeEnd();
  }

  private void write(SourceEntry version) {
    String source = sources.get(version.source());
    nameBytes += source.length();
    json.write("source", source)
        .write("type", EntryKind.of(version.node()).name().toLowerCase(Locale.ROOT))
        .write("size", version.node().size());
  }
}
