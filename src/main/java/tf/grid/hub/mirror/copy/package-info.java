/** Copies flists, links and tags of another hub, each only when it is complete and verified. */
package tf.grid.hub.mirror.copy;
