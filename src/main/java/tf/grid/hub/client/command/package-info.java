/** The commands of the client. */
package tf.grid.hub.client.command;
