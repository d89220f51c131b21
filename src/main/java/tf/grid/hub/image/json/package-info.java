/** Parses untrusted JSON of images with limited memory. */
package tf.grid.hub.image.json;
