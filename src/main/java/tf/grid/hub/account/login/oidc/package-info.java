/** Sign-in with an OpenID Connect provider, implemented by the server. */
package tf.grid.hub.account.login.oidc;
