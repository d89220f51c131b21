/** Unpacks, verifies and caches layers of images. */
package tf.grid.hub.image.layer;
