package tf.grid.hub.upload.merge;

import jakarta.json.stream.JsonGenerator;
import java.util.List;
import java.util.Locale;
import tf.grid.hub.catalogue.json.JsonBody;
import tf.grid.hub.flist.diff.Kind;
import tf.grid.hub.flist.merge.Clash;
import tf.grid.hub.flist.merge.Version;

/** Writes down what a merge would drop. */
final class ConflictsJson {
  private ConflictsJson() {}

  static JsonBody of(MergeConflicts.Found found) {
    return JsonBody.of(
        json -> {
          json.writeStartObject().writeStartArray("conflicts");
          found.clashes().forEach(clash -> write(clash, found.sources(), json));
          json.writeEnd().write("more", found.more()).writeEnd();
        });
  }

  private static void write(Clash clash, List<String> sources, JsonGenerator json) {
    json.writeStartObject().write("path", "/" + clash.path()).writeStartObject("kept");
    write(clash.kept(), sources, json);
    json.writeEnd().writeStartArray("dropped");
    for (Version version : clash.dropped()) {
      json.writeStartObject();
      write(version, sources, json);
      json.writeEnd();
    }
    json.writeEnd().writeEnd();
  }

  private static void write(Version version, List<String> sources, JsonGenerator json) {
    json.write("source", sources.get(version.source()))
        .write("type", Kind.of(version.node()).name().toLowerCase(Locale.ROOT))
        .write("size", version.node().size());
  }
}
