/** Commands that look into flists: list, print, compare, verify. */
package tf.grid.hub.client.command.inspect;
