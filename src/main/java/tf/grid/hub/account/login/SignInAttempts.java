package tf.grid.hub.account.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tf.grid.hub.account.session.BrowserCookie;
import tf.grid.hub.account.session.SessionStore;

/**
 * Sign-ins that browsers have begun. Each is in a signed cookie of its browser, so that any hub can
 * end it, and those that are abandoned use no memory. Thread-safe.
 */
public final class SignInAttempts {

  static final String COOKIE = "hub-sign-in";

  private static final String ALGORITHM = "HmacSHA256";
  private static final Pattern FORM =
      Pattern.compile(
          "((\\w{32})\\.(\\w{32})\\.(\\w{43})\\.(\\d{1,15})\\.([\\w-]*))\\.([\\w-]{43})");

  private final SecretKeySpec key;
  private final BrowserCookie cookie;
  private final SessionStore store;
  private final Clock clock;

  /**
   * Keeps sign-ins.
   *
   * @param key of all hubs of the site; 32 random bytes
   * @param site the public URL of the hub
   * @param store remembers those that have ended
   */
  public SignInAttempts(byte[] key, URI site, SessionStore store, Clock clock) {
    this.key = new SecretKeySpec(key, ALGORITHM);
    this.cookie = new BrowserCookie(COOKIE, site);
    this.store = store;
    this.clock = clock;
  }

  /** Starts a sign-in in a browser, in place of an earlier one. */
  SignInAttempt begin(LocalPath destination) {
    return SignInAttempt.begin(clock.instant(), destination);
  }

  /** Sends a sign-in to its browser. */
  void send(HttpServletResponse response, SignInAttempt attempt) {
    String text =
        String.join(
            ".",
            attempt.state(),
            attempt.nonce(),
            attempt.codeVerifier(),
            Long.toString(attempt.started().toEpochMilli()),
            base64(attempt.destination().value().getBytes(UTF_8)));
    cookie.send(response, text + "." + signature(text));
  }

  /**
   * Ends the sign-in of a browser, successful or not, so that no state can be used twice.
   *
   * @throws SignInException if there is none, it has ended before, or it is too old
   */
  SignInAttempt end(HttpServletRequest request, HttpServletResponse response)
      throws SignInException {
    Optional<String> sent = cookie.value(request);
    if (sent.isEmpty()) {
      throw SignInAttempt.unknown();
    }
    cookie.forget(response);
    SignInAttempt attempt = parsed(sent.get()).orElseThrow(SignInAttempt::unknown);
    Instant now = clock.instant();
    Instant end = attempt.started().plus(SignInAttempt.TIMEOUT);
    if (!now.isBefore(end)) {
      throw new SignInException("this sign-in was started too long ago: start again");
    }
    if (!store.end(attempt.state(), now, end)) {
      throw SignInAttempt.unknown();
    }
    return attempt;
  }

  private Optional<SignInAttempt> parsed(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches() || !isSigned(parts.group(1), parts.group(7))) {
      return Optional.empty();
    }
    Instant started = Instant.ofEpochMilli(Long.parseLong(parts.group(5)));
    String destination = new String(Base64.getUrlDecoder().decode(parts.group(6)), UTF_8);
    return Optional.of(
        new SignInAttempt(
            parts.group(2), parts.group(3), parts.group(4), started, new LocalPath(destination)));
  }

  private boolean isSigned(String text, String signature) {
    return MessageDigest.isEqual(signature(text).getBytes(UTF_8), signature.getBytes(UTF_8));
  }

  private String signature(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return base64(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
