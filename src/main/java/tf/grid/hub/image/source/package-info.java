/** Sources of images: registries and container engines. */
package tf.grid.hub.image.source;
