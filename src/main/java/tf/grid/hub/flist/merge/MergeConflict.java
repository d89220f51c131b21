package tf.grid.hub.flist.merge;

import java.util.List;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Node;

/**
 * A path at which sources have different things, of which a merge keeps one.
 *
 * @param path where
 * @param kept what the merge keeps, from the first source that has the path
 * @param dropped what later sources have there instead, in their order; never empty
 */
public record MergeConflict(FlistPath path, SourceEntry kept, List<SourceEntry> dropped) {

  /**
   * An entry in one of the sources of a merge.
   *
   * @param source index of the source, from 0
   * @param node what is there
   */
  public record SourceEntry(int source, Node node) {}
}
