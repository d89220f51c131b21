/** Reads another hub: its listings, flists and chunks. Nothing that it answers is trusted. */
package tf.grid.hub.mirror.source;
