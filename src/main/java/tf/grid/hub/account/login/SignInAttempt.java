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

/**
 * A pending sign-in of a session. A session has at most one.
 *
 * @param state the value that the provider has to return; letters and digits only
 * @param started when the sign-in was started
 */
public record SignInAttempt(String state, Instant started) implements Serializable {

  /** How long a sign-in may take. */
  public static final Duration TIMEOUT = Duration.ofMinutes(10);

  private static final String ATTRIBUTE = SignInAttempt.class.getName();
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int LENGTH = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Starts a sign-in in the session of a request, replacing an earlier one. */
  public static SignInAttempt begin(HttpServletRequest request, Clock clock) {
    String state =
        RANDOM
            .ints(LENGTH, 0, LETTERS.length())
            .mapToObj(LETTERS::charAt)
            .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
            .toString();
    SignInAttempt attempt = new SignInAttempt(state, clock.instant());
    request.getSession().setAttribute(ATTRIBUTE, attempt);
    return attempt;
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

  private static SignInException unknown() {
    return new SignInException("this sign-in was not started in this browser: start again");
  }

  @Override
  public String toString() {
    return "attempt of " + started;
  }
}
