package tf.grid.hub.account.login.oidc;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.security.enterprise.identitystore.openid.Claims;
import jakarta.security.enterprise.identitystore.openid.OpenIdContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.login.Identity;
import tf.grid.hub.account.login.LoginMechanism;
import tf.grid.hub.account.login.SignInException;
import tf.grid.hub.bean.SingletonBean;

/**
 * Sign-in with an OpenID Connect provider: code flow with state and nonce. The server performs it
 * while it authenticates requests for the two paths of this mechanism ({@link
 * OpenIdSessionAuthenticator}); this class only reads the resulting user. Thread-safe.
 */
@SingletonBean
public class OpenIdConnectLogin implements LoginMechanism {

  static final String START = "/login-oidc";
  static final String RETURN = "/callback_oidc";

  private final OpenIdConnectSettings settings;
  private final SecurityContext security;
  private final Instance<OpenIdContext> current;

  @Inject
  public OpenIdConnectLogin(
      OpenIdConnectSettings settings, SecurityContext security, Instance<OpenIdContext> current) {
    this.settings = settings;
    this.security = security;
    this.current = current;
  }

  @Override
  public String title() {
    return "OpenID Connect";
  }

  @Override
  public String startPath() {
    return START;
  }

  @Override
  public String returnPath() {
    return RETURN;
  }

  @Override
  public void start(HttpServletRequest request, HttpServletResponse response)
      throws SignInException {
    security.authenticate(
        request, response, AuthenticationParameters.withParams().newAuthentication(true));
    if (response.getStatus() != HttpServletResponse.SC_FOUND) {
      throw new SignInException("the OpenID Connect provider cannot be reached: try again later");
    }
  }

  @Override
  public Identity identify(HttpServletRequest request) throws SignInException {
    if (request.getUserPrincipal() == null) {
      throw new SignInException(
          "the OpenID Connect provider did not confirm who you are: start again");
    }
    OpenIdContext proof = current.get();
    Claims claims = proof.getIdentityToken().getJwtClaims();
    if (claims.getStringClaim(settings.nameClaim()).isEmpty()) {
      claims = proof.getClaims();
    }
    return new Identity(account(claims), email(claims), groups(claims), Optional.<Instant>empty());
  }

  private AccountName account(Claims claims) throws SignInException {
    return claims
        .getStringClaim(settings.nameClaim())
        .filter(AccountName::isValid)
        .map(AccountName::new)
        .orElseThrow(
            () ->
                new SignInException(
                    "the OpenID Connect provider sent no "
                        + settings.nameClaim()
                        + " that can be a user name here"));
  }

  private static Optional<String> email(Claims claims) {
    boolean verified =
        claims.getStringClaim("email_verified").filter(Boolean::parseBoolean).isPresent();
    return verified ? claims.getStringClaim("email") : Optional.empty();
  }

  private Set<AccountName> groups(Claims claims) {
    List<String> names =
        settings.groupsClaim().isEmpty()
            ? List.of()
            : claims.getArrayStringClaim(settings.groupsClaim());
    return names.stream()
        .filter(AccountName::isValid)
        .map(AccountName::new)
        .collect(Collectors.toUnmodifiableSet());
  }
}
