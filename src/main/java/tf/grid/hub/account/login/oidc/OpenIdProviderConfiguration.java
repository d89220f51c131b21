package tf.grid.hub.account.login.oidc;

import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.security.enterprise.authentication.mechanism.http.OpenIdAuthenticationMechanismDefinition;
import tf.grid.hub.bean.SingletonBean;

/**
 * Makes the server provide its OpenID Connect mechanism, and tells it the settings, which it asks
 * for by expressions. The mechanism does nothing until it is called. Safe for any number of
 * threads.
 */
@SingletonBean
@Named("openIdProvider")
@OpenIdAuthenticationMechanismDefinition(
    providerURI = "${openIdProvider.issuer}",
    clientId = "${openIdProvider.clientId}",
    clientSecret = "${openIdProvider.clientSecret}",
    redirectURI = "${openIdProvider.redirectUri}",
    scopeExpression = "${openIdProvider.scope}",
    jwksConnectTimeout = 5000,
    jwksReadTimeout = 5000)
public class OpenIdProviderConfiguration {

  private final OpenIdConnectSettings settings;

  @Inject
  public OpenIdProviderConfiguration(OpenIdConnectSettings settings) {
    this.settings = settings;
  }

  /** The provider. */
  public String getIssuer() {
    return settings.issuer();
  }

  /** The hub's name there. */
  public String getClientId() {
    return settings.clientId();
  }

  /** The hub's password there. */
  public String getClientSecret() {
    return settings.clientSecret();
  }

  /** Where browsers come back to. */
  public String getRedirectUri() {
    return settings.site() + OpenIdConnectLogin.RETURN;
  }

  /** What is asked for, with blanks between. */
  public String getScope() {
    return settings.scope();
  }
}
