/** The main class of target/hub.jar, which starts the server; not part of the web application. */
package tf.grid.hub.launch;
