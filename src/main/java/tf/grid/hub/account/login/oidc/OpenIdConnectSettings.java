package tf.grid.hub.account.login.oidc;

import java.net.URI;

/**
 * The registration of this hub at an OpenID Connect provider.
 *
 * @param enabled whether a provider is configured
 * @param issuer the issuer URL
 * @param clientId the client id
 * @param clientSecret the client secret
 * @param site the public URL of this hub, without a trailing slash
 * @param scope the requested scopes, separated by spaces
 * @param nameClaim the claim with the user name
 * @param groupsClaim the claim that lists the accounts the user may act for
 */
public record OpenIdConnectSettings(
    boolean enabled,
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
