/** Bounds the connections of the HTTP listener: their number, their memory, and slow heads. */
package tf.grid.hub.http.connection;
