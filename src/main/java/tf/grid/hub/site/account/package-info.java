/** Pages for signing in and out, for tokens and for the acting account. */
package tf.grid.hub.site.account;
