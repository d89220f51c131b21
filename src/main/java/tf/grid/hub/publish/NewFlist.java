package tf.grid.hub.publish;

import java.util.List;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.flist.Counts;

/**
 * What came of an upload.
 *
 * @param name the published flist
 * @param counts what is in it
 * @param warnings what was odd about the upload and accepted
 */
public record NewFlist(FlistName name, Counts counts, List<String> warnings) {

  /** Copies the list. */
  public NewFlist {
    warnings = List.copyOf(warnings);
  }

  /** An upload without warnings. */
  public NewFlist(FlistName name, Counts counts) {
    this(name, counts, List.of());
  }
}
