package tf.grid.hub.flist.file;

import java.util.List;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Permissions;

/** Trees whose paths are about as long as paths may be. */
public final class LongPaths {
  private static final int DEPTH = 15;

  private LongPaths() {}

  /**
   * Files of a size in a deep directory, each with a path of about 4,000 bytes.
   *
   * @param count how many
   */
  public static GeneratedTree files(int count, long size) {
    List<Block> blocks =
        size == 0 ? List.of() : List.of(new Block(new ChunkId(1, size), new ChunkKey(2, size)));
    GeneratedTree tree = new GeneratedTree();
    FlistPath path = FlistPath.ROOT;
    Name name = Name.of("d".repeat(250));
    for (int i = 0; i < DEPTH; i++) {
      path = path.child(name);
      tree.with(path, new DirectoryNode(name, Permissions.ROOT_DIRECTORY, 1, 1));
    }
    for (int i = 0; i < count; i++) {
      Name file = Name.of("f".repeat(230) + i);
      tree.with(
          path.child(file), new FileNode(file, Permissions.ROOT_DIRECTORY, 1, 1, size, blocks));
    }
    return tree;
  }
}
