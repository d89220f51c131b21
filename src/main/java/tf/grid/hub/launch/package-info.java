/** Starts the server that target/hub.jar contains; not part of the web application. */
package tf.grid.hub.launch;
