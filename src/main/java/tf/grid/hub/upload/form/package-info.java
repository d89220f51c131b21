/** Forms of pages that make flists: read while they arrive, as jobs that can be watched. */
package tf.grid.hub.upload.form;
