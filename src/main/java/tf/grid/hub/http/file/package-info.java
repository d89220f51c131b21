/** Files in answers: whole or in parts, under conditions, as RFC 9110 has them. */
package tf.grid.hub.http.file;
