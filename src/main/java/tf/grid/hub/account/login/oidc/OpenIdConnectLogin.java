package tf.grid.hub.account.login.oidc;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.login.Identity;
import tf.grid.hub.account.login.LoginMechanism;
import tf.grid.hub.account.login.QueryString;
import tf.grid.hub.account.login.SignInAttempt;
import tf.grid.hub.account.login.SignInException;

/**
 * Sign-in with an OpenID Connect provider: authorization code flow (OpenID Connect Core 1.0) with
 * state, nonce and a PKCE code challenge (RFC 7636, S256). Thread-safe.
 */
public final class OpenIdConnectLogin implements LoginMechanism {

  private static final String RETURN = "/callback_oidc";

  private final OpenIdConnectSettings settings;
  private final OpenIdProvider provider;
  private final IdTokens tokens;

  /** Signs in with this registration of the hub at a provider. */
  public OpenIdConnectLogin(OpenIdConnectSettings settings, OpenIdProvider provider, Clock clock) {
    this.settings = settings;
    this.provider = provider;
    this.tokens = new IdTokens(settings, clock);
  }

  @Override
  public String title() {
    return "OpenID Connect";
  }

  @Override
  public String startPath() {
    return "/login-oidc";
  }

  @Override
  public String returnPath() {
    return RETURN;
  }

  @Override
  public void start(SignInAttempt attempt, HttpServletResponse response) throws SignInException {
    String page;
    try {
      page = provider.metadata().authorization().toString();
    } catch (IOException e) {
      throw new SignInException(
          "the OpenID Connect provider cannot be reached: try again later", e);
    }
    QueryString.send(
        response,
        page,
        Map.of(
            "response_type",
            "code",
            "client_id",
            settings.clientId(),
            "redirect_uri",
            returnUrl(),
            "scope",
            settings.scope(),
            "state",
            attempt.state(),
            "nonce",
            attempt.nonce(),
            "code_challenge",
            attempt.codeChallenge(),
            "code_challenge_method",
            "S256"));
  }

  @Override
  public Identity identify(HttpServletRequest request, SignInAttempt attempt)
      throws SignInException {
    attempt.requireState(parameter(request, "state"));
    if (request.getParameter("error") != null) {
      throw new SignInException("the sign-in was cancelled at the OpenID Connect provider");
    }
    // RFC 9207: a provider that names itself must be the one that was asked.
    String issuer = request.getParameter("iss");
    String code = parameter(request, "code");
    if (code.isEmpty() || (issuer != null && !issuer.equals(settings.issuer()))) {
      throw unconfirmed(null);
    }
    try {
      return identity(redeem(code, attempt), attempt);
    } catch (IOException e) {
      throw unconfirmed(e);
    }
  }

  private JsonObject redeem(String code, SignInAttempt attempt) throws IOException {
    Map<String, String> form = new HashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", returnUrl());
    form.put("code_verifier", attempt.codeVerifier());
    return provider.redeem(form);
  }

  private Identity identity(JsonObject granted, SignInAttempt attempt)
      throws IOException, SignInException {
    JsonObject claims = tokens.verify(text(granted, "id_token").orElse(""), attempt, provider);
    Optional<String> access = text(granted, "access_token");
    if (access.isPresent() && !isComplete(claims)) {
      JsonObject others = provider.userInfo(access.get(), claims.getString("sub"));
      claims = Json.createObjectBuilder(others).addAll(Json.createObjectBuilder(claims)).build();
    }
    return new Identity(account(claims), email(claims), groups(claims), Optional.<Instant>empty());
  }

  private boolean isComplete(JsonObject claims) {
    String groups = settings.groupsClaim();
    return claims.containsKey(settings.nameClaim())
        && (groups.isEmpty() || claims.containsKey(groups));
  }

  private AccountName account(JsonObject claims) throws SignInException {
    return text(claims, settings.nameClaim())
        .filter(AccountName::isValid)
        .map(AccountName::new)
        .orElseThrow(
            () ->
                new SignInException(
                    "the OpenID Connect provider sent no "
                        + settings.nameClaim()
                        + " that can be a user name here"));
  }

  private static Optional<String> email(JsonObject claims) {
    JsonValue verified = claims.get("email_verified");
    boolean sure =
        JsonValue.TRUE.equals(verified)
            || (verified instanceof JsonString text && Boolean.parseBoolean(text.getString()));
    return sure ? text(claims, "email") : Optional.empty();
  }

  private Set<AccountName> groups(JsonObject claims) {
    JsonValue listed = settings.groupsClaim().isEmpty() ? null : claims.get(settings.groupsClaim());
    List<? extends JsonValue> names = listed instanceof JsonArray array ? array : List.of();
    return names.stream()
        .filter(JsonString.class::isInstance)
        .map(name -> ((JsonString) name).getString())
        .filter(AccountName::isValid)
        .map(AccountName::new)
        .collect(Collectors.toUnmodifiableSet());
  }

  private String returnUrl() {
    return settings.site() + RETURN;
  }

  private static String parameter(HttpServletRequest request, String name) {
    String value = request.getParameter(name);
    return value == null ? "" : value;
  }

  private static Optional<String> text(JsonObject object, String name) {
    return object.get(name) instanceof JsonString value
        ? Optional.of(value.getString())
        : Optional.empty();
  }

  private static SignInException unconfirmed(IOException cause) {
    return new SignInException(
        "the OpenID Connect provider did not confirm who you are: start again", cause);
  }
}
