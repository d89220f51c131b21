/** Registries of container images, as the user of the client may use them. */
package tf.grid.hub.client.registry;
