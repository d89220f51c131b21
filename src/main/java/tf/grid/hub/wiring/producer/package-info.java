/** CDI producers: build the services from the configuration. */
package tf.grid.hub.wiring.producer;
