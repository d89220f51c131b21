package tf.grid.hub.publish;

import java.util.List;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.flist.Counts;

/**
 * A flist that was just published.
 *
 * @param name name in the repository of its owner
 * @param counts number of entries by kind, and total size
 * @param warnings unusual properties of the upload that were accepted
 */
public record NewFlist(FlistName name, Counts counts, List<String> warnings) {

  public NewFlist {
    warnings = List.copyOf(warnings);
  }

  /** A new flist without warnings. */
  public NewFlist(FlistName name, Counts counts) {
    this(name, counts, List.of());
  }

  NewFlist with(List<String> warnings) {
    return new NewFlist(name, counts, warnings);
  }
}
