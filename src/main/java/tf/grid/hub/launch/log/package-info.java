/** The format of the log, which the launcher and the application use. */
package tf.grid.hub.launch.log;
