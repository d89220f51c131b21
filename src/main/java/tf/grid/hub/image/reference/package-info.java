/** The words of container images: references, digests and platforms, without input or output. */
package tf.grid.hub.image.reference;
