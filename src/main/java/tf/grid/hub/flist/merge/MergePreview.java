package tf.grid.hub.flist.merge;

import java.util.List;
import tf.grid.hub.flist.Counts;

/**
 * What a merge would make. Immutable.
 *
 * @param counts of the entries of the new flist
 * @param first the first conflicts, up to a limit
 * @param conflicts number of all conflicts
 */
public record MergePreview(Counts counts, List<MergeConflict> first, long conflicts) {

  /** Keeps a copy. */
  public MergePreview {
    first = List.copyOf(first);
  }
}
