package tf.grid.hub.account.login.threebot;

import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import tf.grid.hub.account.login.SignInException;
import tf.grid.hub.http.body.BodyException.MalformedBodyException;
import tf.grid.hub.http.json.BoundedJson;

/**
 * The response of ThreeFold Connect: a name, and a message signed by the owner of that name. Its
 * content is available only through {@link #verified}, which checks the signature. Immutable.
 */
final class SignedAttempt {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]*\\.3bot");
  private static final int MAX_NAME = 100;
  private static final int MAX_LENGTH = 16_384;

  private final String doubleName;
  private final byte[] signature;
  private final byte[] message;

  private SignedAttempt(String doubleName, byte[] signed) {
    this.doubleName = doubleName;
    int split = Math.min(NaclBox.SIGNATURE_BYTES, signed.length);
    this.signature = Arrays.copyOf(signed, split);
    this.message = Arrays.copyOfRange(signed, split, signed.length);
  }

  /**
   * The signed message.
   *
   * @param state of the session in which the sign-in was started
   * @param doubleName the signer
   * @param appId the site that it is for
   * @param nonce of the box, in base64
   * @param ciphertext the box, in base64
   */
  record Content(String state, String doubleName, String appId, String nonce, String ciphertext) {

    /** Decrypts the box; empty if that fails. */
    Optional<byte[]> open(NaclBox box, byte[] sender) {
      try {
        Base64.Decoder base64 = Base64.getDecoder();
        return box.open(base64.decode(ciphertext), base64.decode(nonce), sender);
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
  }

  /**
   * Parses the parameter.
   *
   * @throws SignInException if it is malformed or the name is invalid
   */
  static SignedAttempt parse(String parameter) throws SignInException {
    if (parameter == null || parameter.length() > MAX_LENGTH) {
      throw malformed(null);
    }
    try {
      JsonObject outer = BoundedJson.object(parameter.getBytes(StandardCharsets.UTF_8));
      String name = outer.getString("doubleName");
      if (name.length() > MAX_NAME || !NAME.matcher(name).matches()) {
        throw new SignInException("the name that ThreeFold Connect sent is no 3bot name");
      }
      return new SignedAttempt(name, Base64.getDecoder().decode(outer.getString("signedAttempt")));
    } catch (MalformedBodyException
        | NullPointerException
        | ClassCastException
        | IllegalArgumentException e) {
      throw malformed(e);
    }
  }

  /** The name next to the signed message, not yet verified. */
  String doubleName() {
    return doubleName;
  }

  /**
   * Verifies the signature and returns the content.
   *
   * @throws SignInException if the signature is invalid or the signer is not the claimed user
   */
  Content verified(NaclBox box, byte[] signer) throws SignInException {
    if (!box.isSigned(message, signature, signer)) {
      throw new SignInException("the signature of this sign-in is not that of " + doubleName);
    }
    Content content = content();
    if (!content.doubleName().equals(doubleName)) {
      throw new SignInException("this sign-in was signed for another name");
    }
    return content;
  }

  private Content content() throws SignInException {
    try {
      JsonObject inner = BoundedJson.object(message);
      JsonObject data = inner.getJsonObject("data");
      return new Content(
          inner.getString("signedState"),
          inner.getString("doubleName"),
          inner.getString("appId"),
          data.getString("nonce"),
          data.getString("ciphertext"));
    } catch (MalformedBodyException
        | NullPointerException
        | ClassCastException
        | IllegalArgumentException e) {
      throw malformed(e);
    }
  }

  private static SignInException malformed(Exception cause) {
    String message = "the answer of ThreeFold Connect cannot be read: start again";
    return cause == null ? new SignInException(message) : new SignInException(message, cause);
  }
}
