package tf.grid.hub.catalogue.contents;

import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Node.LinkNode;
import tf.grid.hub.flist.file.FlistReader;

/** Writes and counts the entries of a flist during a walk. Not thread-safe. */
public final class ContentsJson implements FlistReader.Visitor {

  private final JsonGenerator json;
  private long regular;
  private long links;
  private long directories;
  private long special;
  private long bytes;

  private ContentsJson(JsonGenerator json) {
    this.json = json;
  }

  /** Writes the contents of a flist as one object. */
  public static void write(FlistReader flist, JsonGenerator json) throws IOException {
    ContentsJson contents = new ContentsJson(json);
    json.writeStartObject().writeStartArray("content");
    flist.walk(contents);
    json.writeEnd();
    contents.writeCounts();
    json.writeEnd();
  }

  @Override
  public void entry(FlistPath path, Node node) {
    json.writeStartObject().write("size", node.size()).write("path", "/" + path).writeEnd();
    if (node instanceof FileNode) {
      regular++;
      bytes += node.size();
    } else if (node instanceof DirectoryNode) {
      directories++;
    } else if (node instanceof LinkNode) {
      links++;
    } else {
      special++;
    }
  }

  private void writeCounts() {
    json.write("regular", regular)
        .write("symlink", links)
        .write("directory", directories)
        .write("special", special)
        .write("failure", 0)
        .write("fullsize", bytes);
  }
}
