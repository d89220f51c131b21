package tf.grid.hub.flist.diff;

import java.util.Optional;
import java.util.Set;
import tf.grid.hub.flist.Node;

/**
 * An entry that is not the same in two flists.
 *
 * @param place where it is, in the order of the comparison
 * @param before what it was; empty when it was added
 * @param after what it is; empty when it was removed
 * @param aspects in what the two differ; empty unless there are two
 */
public record Difference(
    DiffPosition place,
    Optional<Node> before,
    Optional<Node> after,
    Set<DifferenceAspect> aspects) {

  /** Whether nothing but the time differs. */
  public boolean isOfTimeOnly() {
    return aspects.equals(Set.of(DifferenceAspect.TIME));
  }
}
