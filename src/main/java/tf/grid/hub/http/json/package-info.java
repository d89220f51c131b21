/** JSON bodies: limited parsing and prepared responses. */
package tf.grid.hub.http.json;
