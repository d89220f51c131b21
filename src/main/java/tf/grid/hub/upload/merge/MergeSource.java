package tf.grid.hub.upload.merge;

import tf.grid.hub.catalogue.LocatedFlist;

/**
 * A flist that is to be merged.
 *
 * @param name what the client calls it, {@code repository/flist}
 * @param flist where it is
 */
record MergeSource(String name, LocatedFlist flist) {}
