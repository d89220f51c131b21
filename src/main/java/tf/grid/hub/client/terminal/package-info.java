/** Output for people and programs. */
package tf.grid.hub.client.terminal;
