package tf.grid.hub.account.login.iyo;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tf.grid.hub.account.Caller;
import tf.grid.hub.account.TokenVerifier;
import tf.grid.hub.account.issuer.ItsyouOnlineTokens;
import tf.grid.hub.account.login.Identity;
import tf.grid.hub.account.login.JsonClient;
import tf.grid.hub.account.login.LoginMechanism;
import tf.grid.hub.account.login.QueryString;
import tf.grid.hub.account.login.SignInAttempt;
import tf.grid.hub.account.login.SignInException;

/**
 * Sign-in with itsyou.online: OAuth 2 code flow, in which the code is exchanged for a signed token
 * for this hub. The hub is an organisation there and asks whether the user is a member; members of
 * sub-organisations only get those. Thread-safe.
 */
public final class ItsyouOnlineLogin implements LoginMechanism {

  public static final String RETURN = "/_iyo_callback";

  private static final String MEMBER_OF = "user:memberof:";

  private final ItsyouOnlineSettings settings;
  private final JsonClient remote;
  private final TokenVerifier tokens;

  /**
   * Signs in with this registration of the hub.
   *
   * @param tokens verifies the tokens of itsyou.online
   */
  public ItsyouOnlineLogin(ItsyouOnlineSettings settings, JsonClient remote, TokenVerifier tokens) {
    this.settings = settings;
    this.remote = remote;
    this.tokens = tokens;
  }

  @Override
  public String title() {
    return "itsyou.online";
  }

  @Override
  public String startPath() {
    return "/login-iyo";
  }

  @Override
  public String returnPath() {
    return RETURN;
  }

  @Override
  public void start(SignInAttempt attempt, HttpServletResponse response) {
    QueryString.send(
        response,
        settings.site() + "/v1/oauth/authorize",
        Map.of(
            "response_type", "code",
            "client_id", settings.clientId(),
            "redirect_uri", settings.callback().toString(),
            "scope", MEMBER_OF + settings.clientId(),
            "state", attempt.state()));
  }

  @Override
  public Identity identify(HttpServletRequest request, SignInAttempt attempt)
      throws SignInException {
    if (request.getParameter("error") != null) {
      throw new SignInException("the sign-in was cancelled at itsyou.online");
    }
    attempt.requireState(Objects.requireNonNullElse(request.getParameter("state"), ""));
    String code = request.getParameter("code");
    if (code == null) {
      throw new SignInException("itsyou.online sent no code: start again");
    }
    Caller caller =
        tokens
            .check(token(code, attempt))
            .filter(
                known -> settings.clientId().equals(known.getClaim(ItsyouOnlineTokens.MADE_FOR)))
            .orElseThrow(
                () -> new SignInException("itsyou.online sent a token that is not good here"));
    return new Identity(
        caller.account(), Optional.empty(), caller.memberOf(), Optional.of(caller.expires()));
  }

  /** Requests the signed token directly instead of an access token. */
  private String token(String code, SignInAttempt attempt) throws SignInException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(settings.site() + "/v1/oauth/access_token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(tokenRequest(code, attempt)))
            .build();
    try {
      return remote.ask(request).getString("access_token");
    } catch (IOException | NullPointerException | ClassCastException e) {
      throw new SignInException("itsyou.online did not confirm who you are: start again", e);
    }
  }

  private String tokenRequest(String code, SignInAttempt attempt) {
    return QueryString.of(
        Map.of(
            "grant_type",
            "authorization_code",
            "response_type",
            "id_token",
            "client_id",
            settings.clientId(),
            "client_secret",
            settings.clientSecret(),
            "redirect_uri",
            settings.callback().toString(),
            "scope",
            MEMBER_OF + settings.clientId(),
            "state",
            attempt.state(),
            "code",
            code));
  }

  /**
   * The registration of this hub at itsyou.online.
   *
   * @param site base URL without a trailing slash
   * @param clientId the organisation of the hub
   * @param clientSecret an API key of that organisation
   * @param callback the registered callback URL
   */
  public record ItsyouOnlineSettings(URI site, String clientId, String clientSecret, URI callback) {

    @Override
    public String toString() {
      return "itsyou.online at " + site;
    }
  }
}
