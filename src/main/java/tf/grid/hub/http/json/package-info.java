/** JSON bodies: bounded reading, prepared answers. */
package tf.grid.hub.http.json;
