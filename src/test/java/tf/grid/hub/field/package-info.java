/** Archives as other programs write them, compared with what other programs read in them. */
package tf.grid.hub.field;
