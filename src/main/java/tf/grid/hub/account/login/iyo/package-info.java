/** Sign-in with itsyou.online, for hubs that still have users there; off by default. */
package tf.grid.hub.account.login.iyo;
