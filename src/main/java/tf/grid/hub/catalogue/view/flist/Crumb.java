package tf.grid.hub.catalogue.view.flist;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import tf.grid.hub.flist.FlistPath;

/**
 * A directory on the way to a place in a flist.
 *
 * @param text its name
 * @param address the query that shows it
 */
public record Crumb(String text, String address) {

  /** The way to a place, the place itself left out, from below the root. */
  static List<Crumb> above(FlistPath place) {
    Deque<Crumb> way = new ArrayDeque<>();
    for (FlistPath up = place.parent(); up.length() > 0; up = up.parent()) {
      way.addFirst(new Crumb(up.name().toString(), PathParameter.of(up)));
    }
    return List.copyOf(way);
  }
}
