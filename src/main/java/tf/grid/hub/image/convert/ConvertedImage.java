package tf.grid.hub.image.convert;

import java.util.Map;
import tf.grid.hub.build.BuiltTree;

/**
 * An image that became a tree.
 *
 * @param tree all of whose chunks are stored
 * @param metadata what the flist is to have
 */
record ConvertedImage(BuiltTree tree, Map<String, String> metadata) implements AutoCloseable {
  @Override
  public void close() {
    tree.close();
  }
}
