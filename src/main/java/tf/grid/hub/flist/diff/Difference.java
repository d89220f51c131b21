package tf.grid.hub.flist.diff;

import java.util.Optional;
import java.util.Set;
import tf.grid.hub.flist.Node;

/**
 * An entry that differs between two flists.
 *
 * @param place its position in the order of the comparison
 * @param before the old entry; empty if it was added
 * @param after the new entry; empty if it was removed
 * @param aspects how the two differ; empty if it was added or removed
 */
public record Difference(
    DiffPosition place,
    Optional<Node> before,
    Optional<Node> after,
    Set<DifferenceAspect> aspects) {

  /** Whether only the time differs. */
  public boolean isOfTimeOnly() {
    return aspects.equals(Set.of(DifferenceAspect.TIME));
  }
}
