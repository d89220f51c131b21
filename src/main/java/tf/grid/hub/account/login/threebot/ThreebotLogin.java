package tf.grid.hub.account.login.threebot;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.login.Identity;
import tf.grid.hub.account.login.LoginMechanism;
import tf.grid.hub.account.login.QueryString;
import tf.grid.hub.account.login.SignInAttempt;
import tf.grid.hub.account.login.SignInException;
import tf.grid.hub.http.BasePath;
import tf.grid.hub.http.body.BodyException.MalformedBodyException;
import tf.grid.hub.http.json.BoundedJson;

/**
 * Sign-in with ThreeFold Connect: the app signs the state of the browser session with the user's
 * key and encrypts the requested data for this hub. Thread-safe.
 */
public final class ThreebotLogin implements LoginMechanism {

  private static final String RETURN = "/callback_threebot";

  private final ThreebotSettings settings;
  private final NaclBox box;
  private final UserKeys keys;

  public ThreebotLogin(ThreebotSettings settings, NaclBox box, UserKeys keys) {
    this.settings = settings;
    this.box = box;
    this.keys = keys;
  }

  @Override
  public String title() {
    return "ThreeFold Connect";
  }

  @Override
  public String startPath() {
    return "/login";
  }

  @Override
  public String returnPath() {
    return RETURN;
  }

  @Override
  public void start(SignInAttempt attempt, HttpServletResponse response) {
    String scope =
        Json.createObjectBuilder()
            .add("user", true)
            .add("email", settings.email())
            .build()
            .toString();
    QueryString.send(
        response,
        settings.login() + "/",
        Map.of(
            "appid", settings.appId(),
            "publickey", Base64.getEncoder().encodeToString(box.publicKey()),
            "state", attempt.state(),
            "redirecturl", settings.base().url(RETURN),
            "scope", scope));
  }

  @Override
  public Identity identify(HttpServletRequest request, SignInAttempt attempt)
      throws SignInException {
    if (request.getParameter("error") != null) {
      throw new SignInException("the sign-in was cancelled in ThreeFold Connect");
    }
    SignedAttempt sent = SignedAttempt.parse(request.getParameter("signedAttempt"));
    byte[] signer = keys.of(sent.doubleName());
    SignedAttempt.Content content = sent.verified(box, signer);
    attempt.requireState(content.state());
    if (!content.appId().equals(settings.appId())) {
      throw new SignInException("this sign-in was signed for another site");
    }
    JsonObject opened = open(content, signer);
    return new Identity(
        new AccountName(content.doubleName()),
        settings.email() ? Optional.of(verifiedEmail(opened)) : Optional.empty(),
        Set.of(),
        Optional.empty());
  }

  private JsonObject open(SignedAttempt.Content content, byte[] sender) throws SignInException {
    byte[] opened =
        content
            .open(box, sender)
            .orElseThrow(
                () -> new SignInException("what ThreeFold Connect sealed for this hub is damaged"));
    try {
      return BoundedJson.object(opened);
    } catch (MalformedBodyException e) {
      throw new SignInException("what ThreeFold Connect sealed for this hub cannot be read", e);
    }
  }

  private static String verifiedEmail(JsonObject opened) throws SignInException {
    if (opened.get("email") instanceof JsonObject email
        && JsonValue.TRUE.equals(email.get("verified"))
        && !email.getString("email", "").isEmpty()) {
      return email.getString("email");
    }
    throw new SignInException(
        "this hub needs an e-mail address: verify yours in the ThreeFold Connect app first");
  }

  /**
   * The registration of this hub at ThreeFold Connect.
   *
   * @param login base URL of the login service, which also provides public keys; no trailing slash
   * @param appId the name of this hub, its host and port
   * @param email whether users must have a verified e-mail address
   */
  public record ThreebotSettings(URI login, String appId, BasePath base, boolean email) {}
}
