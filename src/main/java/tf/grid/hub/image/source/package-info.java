/** Where images come from: registries and container engines. */
package tf.grid.hub.image.source;
