/** The commands of the 0-db protocol: parsing, execution and replies. */
package tf.grid.hub.gateway.command;
