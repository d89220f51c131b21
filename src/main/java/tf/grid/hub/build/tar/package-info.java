/** Reads tar archives in one pass. Names are kept as bytes. */
package tf.grid.hub.build.tar;
