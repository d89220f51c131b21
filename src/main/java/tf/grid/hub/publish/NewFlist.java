package tf.grid.hub.publish;

import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.flist.Counts;

/**
 * What came of an upload.
 *
 * @param name the published flist
 * @param counts what is in it
 */
public record NewFlist(FlistName name, Counts counts) {}
