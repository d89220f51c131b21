package tf.grid.hub.upload.flist;

import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.flist.Counts;

/**
 * What came of the upload of a flist.
 *
 * @param name the published flist
 * @param counts what is in it
 * @param answer for clients of the API: name, counts and all entries; to be closed if it is not
 *     drained
 */
public record UploadedFlist(FlistName name, Counts counts, Spool answer) {}
