package tf.grid.hub.catalogue.browse;

import java.util.List;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Node;

/**
 * What a search in a flist has found. Immutable.
 *
 * @param first those that were met first, in the order of a walk
 * @param total how many there are
 */
public record Found(List<Place> first, long total) {

  /** Copies the list. */
  public Found {
    first = List.copyOf(first);
  }

  /**
   * An entry and where it is.
   *
   * @param parent the directory that it is in
   */
  public record Place(FlistPath parent, Node node) {}
}
