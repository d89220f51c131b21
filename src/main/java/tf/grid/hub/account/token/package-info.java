/** The hub's own tokens: how they are made, checked, kept and revoked. */
package tf.grid.hub.account.token;
