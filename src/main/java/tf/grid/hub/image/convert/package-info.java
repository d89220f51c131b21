/** Conversions: an image is fetched or received, becomes a tree, and is published as a flist. */
package tf.grid.hub.image.convert;
