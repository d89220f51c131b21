/** Disk space that is released when the disk is full, so that space can still be freed. */
package tf.grid.hub.store.reserve;
