/** Reads image archives of {@code docker save} and similar tools in one pass. */
package tf.grid.hub.image.archive;
