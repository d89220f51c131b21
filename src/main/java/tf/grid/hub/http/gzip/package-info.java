/** Compressed responses for clients that accept gzip. */
package tf.grid.hub.http.gzip;
