/** Reports to monitoring systems whether the hub works. */
package tf.grid.hub.health;
