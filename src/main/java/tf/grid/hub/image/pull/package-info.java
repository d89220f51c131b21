/** What pulling an image from a registry and from an engine have in common. */
package tf.grid.hub.image.pull;
