/** Settings of sign-in, tokens and the audit log. */
package tf.grid.hub.wiring.config.access;
