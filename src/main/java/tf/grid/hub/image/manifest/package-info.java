/** Parses manifests and indexes of images; no I/O. */
package tf.grid.hub.image.manifest;
