/** Manifests and indexes of images, read from their JSON; without input or output. */
package tf.grid.hub.image.manifest;
