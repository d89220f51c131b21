package tf.grid.hub.build.layer;

import java.util.List;
import java.util.stream.Stream;
import tf.grid.hub.build.SafePath;
import tf.grid.hub.build.tar.header.ExtendedAttributes;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.FileNode;

/**
 * One layer as a list of changes, not yet applied to the layers below. Its blocks are complete when
 * the content is stored ({@link LayeredBuild#finish}).
 *
 * @param changes changes in the order of the archive
 */
public record Layer(List<Change> changes) {

  /** The effect of one entry. */
  public sealed interface Change permits Placed, HardLinked, Removed, Emptied {

    /** The changed path; the root only for its attributes and for {@link Emptied}. */
    SafePath path();
  }

  /** Creates a node at a path; an existing directory keeps its contents. */
  record Placed(SafePath path, Node node, ExtendedAttributes attributes) implements Change {}

  /** Creates a hard link to another path in this layer or below. */
  record HardLinked(SafePath path, SafePath target) implements Change {}

  /** Deletes what lower layers have at this path (a whiteout). */
  record Removed(SafePath path) implements Change {}

  /** Deletes the contents of this directory in lower layers (an opaque whiteout). */
  record Emptied(SafePath path) implements Change {}

  /** The blocks of all its files. */
  public Iterable<Block> blocks() {
    return () -> changes.stream().flatMap(Layer::blocksOf).iterator();
  }

  private static Stream<Block> blocksOf(Change change) {
    return change instanceof Placed placed && placed.node() instanceof FileNode file
        ? file.blocks().stream()
        : Stream.empty();
  }
}
