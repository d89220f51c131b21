package tf.grid.hub.image.tree;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tf.grid.hub.build.BuiltTree;
import tf.grid.hub.build.layer.Layer;
import tf.grid.hub.build.layer.LayeredBuild;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.image.config.ImageMetadata;
import tf.grid.hub.image.config.StartupFile;
import tf.grid.hub.image.source.ImageSource.FetchedImage;

/**
 * An image converted to a tree.
 *
 * @param tree with all chunks stored
 * @param metadata of the flist
 */
public record ConvertedImage(BuiltTree tree, Map<String, String> metadata)
    implements AutoCloseable {

  /**
   * Builds the tree of an image with the files that are added to it.
   *
   * @param build has stored the layers of the image; ends with this
   * @throws ArchiveException if the layers are inconsistent, or the metadata exceeds its limit
   */
  public static ConvertedImage of(LayeredBuild build, FetchedImage image)
      throws IOException, ArchiveException {
    List<Layer> layers = new ArrayList<>(image.layers());
    layers.add(build.added(List.of(StartupFile.file(image.config()))));
    BuiltTree tree = build.merged(layers);
    boolean complete = false;
    try {
      Map<String, String> metadata =
          ImageMetadata.of(image.config(), image.origin(), tree.extendedAttributes());
      complete = true;
      return new ConvertedImage(tree, metadata);
    } finally {
      if (!complete) {
        tree.close();
      }
    }
  }

  @Override
  public void close() {
    tree.close();
  }
}
