package tf.grid.hub.upload.flist;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import tf.grid.hub.catalogue.contents.ContentsJson;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.flist.FlistDefects;
import tf.grid.hub.flist.file.FlistReader;
import tf.grid.hub.http.json.JsonBody;

/** The response to the upload of a flist: that of an archive upload, with all entries. */
final class FlistUploadAnswer {
  private FlistUploadAnswer() {}

  static void write(FlistName name, FlistReader flist, FlistDefects defects, OutputStream out)
      throws IOException {
    JsonBody.write(
        out,
        json -> {
          json.writeStartObject()
              .write("status", "success")
              .writeStartObject("payload")
              .write("name", name.toString())
              .writeStartObject("files")
              .write("success", true)
              .writeNull("error")
              .writeKey("response");
          ContentsJson.write(flist, json);
          json.write("status", 0).writeEnd().writeEnd();
          // Complete only after all directories are read.
          List<String> warnings = defects.warnings();
          if (!warnings.isEmpty()) {
            json.writeStartArray("warnings");
            warnings.forEach(json::write);
            json.writeEnd();
          }
          json.writeEnd();
        });
  }
}
