/** How fast peers must send, and how often they may ask. */
package tf.grid.hub.limit.rate;
