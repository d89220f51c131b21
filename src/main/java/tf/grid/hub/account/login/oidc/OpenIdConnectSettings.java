package tf.grid.hub.account.login.oidc;

import java.net.URI;

/**
 * How this hub is known to an OpenID Connect provider.
 *
 * @param enabled whether there is one
 * @param issuer the provider
 * @param clientId the name of this hub there
 * @param clientSecret the password of this hub there
 * @param site how users reach this hub, without a slash at the end
 * @param scope what is asked for, with blanks between
 * @param nameClaim which claim is the user's name
 * @param groupsClaim which claim lists the accounts that the user may act for
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
