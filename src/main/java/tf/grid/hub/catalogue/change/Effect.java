package tf.grid.hub.catalogue.change;

import java.util.List;
import tf.grid.hub.catalogue.EntryPath;

/**
 * The effect of a change on other links.
 *
 * @param broken links that have lost their target
 * @param redirected links that now point to another flist
 * @param unlisted number of further links of both kinds
 */
public record Effect(List<EntryPath> broken, List<EntryPath> redirected, int unlisted) {

  public static final Effect NONE = new Effect(List.of(), List.of(), 0);
}
