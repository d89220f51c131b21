/**
 * Fetches images through a container engine with the Docker API, such as Docker and Podman, alone
 * or if a registry is unreachable.
 */
package tf.grid.hub.image.engine;
