package tf.grid.hub.catalogue.change;

import java.util.List;
import tf.grid.hub.catalogue.EntryPath;

/**
 * What a change did to links that it was not about.
 *
 * @param broken links that led to a flist or tag before and lead nowhere now
 * @param redirected links that lead to another flist than before
 * @param unlisted how many more there are of both
 */
public record Effect(List<EntryPath> broken, List<EntryPath> redirected, int unlisted) {

  /** No link is concerned. */
  public static final Effect NONE = new Effect(List.of(), List.of(), 0);
}
