/** Answers packed by gzip, for clients that take them so. */
package tf.grid.hub.http.gzip;
