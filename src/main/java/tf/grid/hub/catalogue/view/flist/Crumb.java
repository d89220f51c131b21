package tf.grid.hub.catalogue.view.flist;

import java.util.LinkedList;
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
    List<Crumb> way = new LinkedList<>();
    for (FlistPath up = place.parent(); up.length() > 0; up = up.parent()) {
      way.add(0, new Crumb(up.name().toString(), PathParameter.of(up)));
    }
    return List.copyOf(way);
  }
}
