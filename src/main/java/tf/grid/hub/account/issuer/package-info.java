/** Verifies tokens of other issuers: a trusted issuer, the earlier hub, itsyou.online. */
package tf.grid.hub.account.issuer;
