/** Responses with files: ranges and conditional requests (RFC 9110). */
package tf.grid.hub.http.file;
