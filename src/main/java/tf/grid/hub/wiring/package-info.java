/** Configuration and composition: the only room that may use all rooms; no room uses it. */
package tf.grid.hub.wiring;
