/** Builds trees from layers, as container images have them. */
package tf.grid.hub.build.layer;
