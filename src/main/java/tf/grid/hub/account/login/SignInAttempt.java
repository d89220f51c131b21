package tf.grid.hub.account.login;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import tf.grid.hub.http.file.Sha256;

/**
 * A pending sign-in of a session. A session has at most one.
 *
 * @param state the value that the provider has to return; letters and digits only
 * @param nonce the value that an ID token has to contain; letters and digits only
 * @param codeVerifier the value that proves who asked for a code (RFC 7636); letters and digits
 *     only
 * @param started when the sign-in was started
 */
public record SignInAttempt(String state, String nonce, String codeVerifier, Instant started)
    implements Serializable {

  /** How long a sign-in may take. */
  public static final Duration TIMEOUT = Duration.ofMinutes(10);

  private static final String ATTRIBUTE = SignInAttempt.class.getName();
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int LENGTH = 32;

  /** The shortest that RFC 7636 allows; 256 bits. */
  private static final int VERIFIER_LENGTH = 43;

  private static final SecureRandom RANDOM = new SecureRandom();

  /** Starts a sign-in in the session of a request, replacing an earlier one. */
  public static SignInAttempt begin(HttpServletRequest request, Clock clock) {
    SignInAttempt attempt =
        new SignInAttempt(random(LENGTH), random(LENGTH), random(VERIFIER_LENGTH), clock.instant());
    request.getSession().setAttribute(ATTRIBUTE, attempt);
    return attempt;
  }

  private static String random(int length) {
    return RANDOM
        .ints(length, 0, LETTERS.length())
        .mapToObj(LETTERS::charAt)
        .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
        .toString();
  }

  /**
   * Ends the sign-in of a session, successful or not, so that no state can be used twice.
   *
   * @throws SignInException if there is none, or it is too old
   */
  public static SignInAttempt end(HttpServletRequest request, Clock clock) throws SignInException {
    HttpSession session = request.getSession(false);
    if (session == null) {
      throw unknown();
    }
    Object left;
    synchronized (SignInAttempt.class) {
      left = session.getAttribute(ATTRIBUTE);
      session.removeAttribute(ATTRIBUTE);
    }
    if (!(left instanceof SignInAttempt attempt)) {
      throw unknown();
    }
    if (!clock.instant().isBefore(attempt.started.plus(TIMEOUT))) {
      throw new SignInException("this sign-in was started too long ago: start again");
    }
    return attempt;
  }

  /**
   * Compares the returned state in constant time.
   *
   * @throws SignInException if it differs
   */
  public void requireState(String given) throws SignInException {
    if (!MessageDigest.isEqual(
        state.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8))) {
      throw unknown();
    }
  }

  /** The hash of the code verifier, which the provider compares (RFC 7636, S256). */
  public String codeChallenge() {
    MessageDigest digest = Sha256.start();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(digest.digest(codeVerifier.getBytes(StandardCharsets.US_ASCII)));
  }

  private static SignInException unknown() {
    return new SignInException("this sign-in was not started in this browser: start again");
  }

  @Override
  public String toString() {
    return "attempt of " + started;
  }
}
