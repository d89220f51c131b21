/** Divides the heap among the parts of the hub. */
package tf.grid.hub.wiring.heap;
