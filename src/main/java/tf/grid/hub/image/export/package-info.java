/** Sends flists as archives of container images. */
package tf.grid.hub.image.export;
