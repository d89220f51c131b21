/** Converts container images from registries, engines and archives to flists. */
package tf.grid.hub.image;
