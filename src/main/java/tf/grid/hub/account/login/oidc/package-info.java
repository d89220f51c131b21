/** Signing in with an OpenID Connect provider, which the server itself talks to. */
package tf.grid.hub.account.login.oidc;
