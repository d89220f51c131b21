/** The commands of the 0-db protocol: what is asked, what the store does, and what is answered. */
package tf.grid.hub.gateway.command;
