package tf.grid.hub.account.login;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import tf.grid.hub.http.file.Sha256;

/**
 * A sign-in that a browser has begun.
 *
 * @param state the value that the provider has to return; letters and digits only
 * @param nonce the value that an ID token has to contain; letters and digits only
 * @param codeVerifier the value that proves who asked for a code (RFC 7636); letters and digits
 *     only
 * @param started when the sign-in was started, in milliseconds
 * @param destination where the browser goes afterwards
 */
public record SignInAttempt(
    String state, String nonce, String codeVerifier, Instant started, LocalPath destination) {

  /** How long a sign-in may take. */
  public static final Duration TIMEOUT = Duration.ofMinutes(10);

  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int LENGTH = 32;

  /** The shortest that RFC 7636 allows; 256 bits. */
  private static final int VERIFIER_LENGTH = 43;

  private static final SecureRandom RANDOM = new SecureRandom();

  /** Starts a sign-in. */
  public static SignInAttempt begin(Instant now, LocalPath destination) {
    return new SignInAttempt(
        random(LENGTH),
        random(LENGTH),
        random(VERIFIER_LENGTH),
        Instant.ofEpochMilli(now.toEpochMilli()),
        destination);
  }

  private static String random(int length) {
    return RANDOM
        .ints(length, 0, LETTERS.length())
        .mapToObj(LETTERS::charAt)
        .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
        .toString();
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

  static SignInException unknown() {
    return new SignInException("this sign-in was not started in this browser: start again");
  }

  @Override
  public String toString() {
    return "attempt of " + started;
  }
}
