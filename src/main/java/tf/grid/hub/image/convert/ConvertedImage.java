package tf.grid.hub.image.convert;

import java.util.Map;
import tf.grid.hub.build.BuiltTree;

/**
 * An image converted to a tree.
 *
 * @param tree with all chunks stored
 * @param metadata of the flist
 */
record ConvertedImage(BuiltTree tree, Map<String, String> metadata) implements AutoCloseable {
  @Override
  public void close() {
    tree.close();
  }
}
