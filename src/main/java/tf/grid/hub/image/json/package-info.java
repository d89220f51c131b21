/** How the JSON of images, which anybody may have written, is read within bounds. */
package tf.grid.hub.image.json;
