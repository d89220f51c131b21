/** Configuration and composition: the only room that sees all rooms; nobody imports it. */
package tf.grid.hub.wiring;
