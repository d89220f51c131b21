/** Small request bodies, with limits on size, time and number. */
package tf.grid.hub.http.body;
