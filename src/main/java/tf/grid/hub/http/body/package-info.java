/** Small bodies of requests, read within bounds of size, time and number. */
package tf.grid.hub.http.body;
