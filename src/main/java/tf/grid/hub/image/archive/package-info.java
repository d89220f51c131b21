/** Archives of images as {@code docker save} and others write them, read in one pass. */
package tf.grid.hub.image.archive;
