/** The hub's own tokens: created, verified, stored and revoked. */
package tf.grid.hub.account.token;
