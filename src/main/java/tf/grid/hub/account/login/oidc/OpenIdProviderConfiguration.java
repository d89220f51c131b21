package tf.grid.hub.account.login.oidc;

import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.security.enterprise.authentication.mechanism.http.OpenIdAuthenticationMechanismDefinition;
import tf.grid.hub.bean.SingletonBean;

/**
 * Activates the server's OpenID Connect mechanism and supplies its settings, which the server reads
 * through expressions. The mechanism does nothing until it is called. Thread-safe.
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

  public String getIssuer() {
    return settings.issuer();
  }

  public String getClientId() {
    return settings.clientId();
  }

  public String getClientSecret() {
    return settings.clientSecret();
  }

  public String getRedirectUri() {
    return settings.site() + OpenIdConnectLogin.RETURN;
  }

  /** The requested scopes, separated by spaces. */
  public String getScope() {
    return settings.scope();
  }
}
