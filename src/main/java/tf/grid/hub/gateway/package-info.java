/** The 0-db protocol, for those who read and write chunks over TCP. */
package tf.grid.hub.gateway;
