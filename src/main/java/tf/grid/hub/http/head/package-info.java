/** Checks and corrects request heads before the application sees them. */
package tf.grid.hub.http.head;
