/** Real registries, container engines and images for tests, on a machine without internet. */
package tf.grid.hub.image.bench;
