/** Sends bodies of responses without a thread that waits for the client. */
package tf.grid.hub.http.send;
