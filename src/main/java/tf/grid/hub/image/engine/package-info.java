/** Images by way of a container engine that speaks Docker's API, such as Docker and Podman. */
package tf.grid.hub.image.engine;
