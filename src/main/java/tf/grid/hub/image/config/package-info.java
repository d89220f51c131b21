/** The run configuration of images, and its form in flists. */
package tf.grid.hub.image.config;
