/** Forms: URL-encoded and multipart, read while they arrive. */
package tf.grid.hub.http.form;
