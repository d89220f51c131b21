/** Pages to sign in and out, to manage tokens and to select the account to act for. */
package tf.grid.hub.site.account;
