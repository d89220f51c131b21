/** Load, attacks and failures for hours at a time, run by {@code bench/soak}. */
package tf.grid.hub.soak;
