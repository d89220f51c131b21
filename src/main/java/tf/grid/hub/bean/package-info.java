/** How the container manages the hub's services. */
package tf.grid.hub.bean;
