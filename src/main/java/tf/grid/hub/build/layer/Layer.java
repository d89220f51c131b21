package tf.grid.hub.build.layer;

import java.util.List;
import java.util.stream.Stream;
import tf.grid.hub.build.SafePath;
import tf.grid.hub.build.tar.header.ExtendedAttributes;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.FileNode;

/**
 * One archive of several, taken apart but not yet put upon the ones below. Its blocks are there as
 * soon as the content is stored ({@link LayeredBuild#finish}).
 *
 * @param changes in the order of the archive
 */
public record Layer(List<Change> changes) {

  /** What an entry of the archive does. */
  public sealed interface Change permits Placed, HardLinked, Removed, Emptied {

    /** Where; the root only for its attributes and for being emptied. */
    SafePath path();
  }

  /** Something is at this path now; a directory keeps what is in it. */
  record Placed(SafePath path, Node node, ExtendedAttributes attributes) implements Change {}

  /** What another path has, in this archive or below, has this path too. */
  record HardLinked(SafePath path, SafePath target) implements Change {}

  /** What archives below have put at this path is gone (a whiteout). */
  record Removed(SafePath path) implements Change {}

  /** What archives below have put into this directory is gone (an opaque whiteout). */
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
