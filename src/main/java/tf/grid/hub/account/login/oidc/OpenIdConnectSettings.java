package tf.grid.hub.account.login.oidc;

import java.net.URI;

/**
 * The registration of this hub at an OpenID Connect provider.
 *
 * @param issuer the issuer URL, exactly as the provider states it
 * @param clientId the client id
 * @param clientSecret the client secret; empty for a public client
 * @param site the public URL of this hub, without a trailing slash
 * @param scope the requested scopes, separated by spaces
 * @param nameClaim the claim with the user name
 * @param groupsClaim the claim that lists the accounts the user may act for; empty if none does
 */
public record OpenIdConnectSettings(
    String issuer,
    String clientId,
    String clientSecret,
    URI site,
    String scope,
    String nameClaim,
    String groupsClaim) {

  @Override
  public String toString() {
    return "OpenID Connect at " + issuer;
  }
}
