package tf.grid.hub.upload;

import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.flist.Counts;

/**
 * What came of an upload.
 *
 * @param name the published flist
 * @param counts what is in it
 */
public record Uploaded(FlistName name, Counts counts) {}
