/** Converts fetched or uploaded images to published flists. */
package tf.grid.hub.image.convert;
