package tf.grid.hub.account.login.threebot;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.login.Attempt;
import tf.grid.hub.account.login.Identity;
import tf.grid.hub.account.login.Mechanism;
import tf.grid.hub.account.login.Query;
import tf.grid.hub.account.login.SignInRefused;
import tf.grid.hub.http.body.MalformedBody;
import tf.grid.hub.http.body.WholeJson;

/**
 * Signs users of ThreeFold Connect in: the app signs the state of the browser's session with the
 * user's key, and seals what else was asked for in a box that only this hub can open. Safe for any
 * number of threads.
 */
public final class Threebot implements Mechanism {

  private static final String RETURN = "/callback_threebot";

  private final ThreebotSettings settings;
  private final Box box;
  private final UserKeys keys;
  private final Clock clock;

  /** Takes what proofs are checked with. */
  public Threebot(ThreebotSettings settings, Box box, UserKeys keys, Clock clock) {
    this.settings = settings;
    this.box = box;
    this.keys = keys;
    this.clock = clock;
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
  public void start(HttpServletRequest request, HttpServletResponse response) {
    Attempt attempt = Attempt.begin(request, clock);
    String scope =
        Json.createObjectBuilder()
            .add("user", true)
            .add("email", settings.email())
            .build()
            .toString();
    Query.send(
        response,
        settings.login() + "/",
        Map.of(
            "appid", settings.appId(),
            "publickey", Base64.getEncoder().encodeToString(box.publicKey()),
            "state", attempt.state(),
            "redirecturl", RETURN,
            "scope", scope));
  }

  @Override
  public Identity identify(HttpServletRequest request) throws SignInRefused {
    Attempt attempt = Attempt.end(request, clock);
    if (request.getParameter("error") != null) {
      throw new SignInRefused("the sign-in was cancelled in ThreeFold Connect");
    }
    SignedAttempt sent = SignedAttempt.parse(request.getParameter("signedAttempt"));
    byte[] signer = keys.of(sent.doubleName());
    SignedAttempt.Content content = sent.verified(box, signer);
    attempt.requireState(content.state());
    if (!content.appId().equals(settings.appId())) {
      throw new SignInRefused("this sign-in was signed for another site");
    }
    JsonObject opened = open(content, signer);
    return new Identity(
        new AccountName(content.doubleName()),
        settings.email() ? Optional.of(verifiedEmail(opened)) : Optional.empty(),
        Set.of(),
        Optional.empty());
  }

  private JsonObject open(SignedAttempt.Content content, byte[] sender) throws SignInRefused {
    byte[] opened =
        content
            .open(box, sender)
            .orElseThrow(
                () -> new SignInRefused("what ThreeFold Connect sealed for this hub is damaged"));
    try {
      return WholeJson.object(opened);
    } catch (MalformedBody e) {
      throw new SignInRefused("what ThreeFold Connect sealed for this hub cannot be read", e);
    }
  }

  private static String verifiedEmail(JsonObject opened) throws SignInRefused {
    if (opened.get("email") instanceof JsonObject email
        && JsonValue.TRUE.equals(email.get("verified"))
        && !email.getString("email", "").isEmpty()) {
      return email.getString("email");
    }
    throw new SignInRefused(
        "this hub needs an e-mail address: verify yours in the ThreeFold Connect app first");
  }
}
