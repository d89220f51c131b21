/** Sources of images, of which registries are one. */
package tf.grid.hub.image.source;
