/** Sign-in with an OpenID Connect provider: authorization code flow with PKCE. */
package tf.grid.hub.account.login.oidc;
