/** Fetches images through a container engine with the Docker API, such as Docker and Podman. */
package tf.grid.hub.image.engine;
