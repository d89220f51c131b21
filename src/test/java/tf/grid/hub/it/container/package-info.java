/** The hub as it is installed: container image and service unit. */
package tf.grid.hub.it.container;
