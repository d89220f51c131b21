/** Tokens that others have made: of a trusted issuer, the earlier hub, itsyou.online. */
package tf.grid.hub.account.issuer;
