/** Serves chunks over the 0-db protocol, on TCP. */
package tf.grid.hub.gateway;
