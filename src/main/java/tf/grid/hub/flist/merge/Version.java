package tf.grid.hub.flist.merge;

import tf.grid.hub.flist.Node;

/**
 * An entry in one of the sources of a merge.
 *
 * @param source index of the source, from 0
 * @param node what is there
 */
public record Version(int source, Node node) {}
