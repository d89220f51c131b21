package tf.grid.hub.account.issuer;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** An issuer with a key of its own, to be trusted or not. */
final class IssuedElsewhere {

  private final String algorithm;
  private final KeyPair pair;

  private IssuedElsewhere(String algorithm, KeyPair pair) {
    this.algorithm = algorithm;
    this.pair = pair;
  }

  static IssuedElsewhere rsa(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return new IssuedElsewhere("RS256", generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static IssuedElsewhere curve(String curve, String algorithm) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return new IssuedElsewhere(algorithm, generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same key, used with another algorithm. */
  IssuedElsewhere with(String other) {
    return new IssuedElsewhere(other, pair);
  }

  KeyPair pair() {
    return pair;
  }

  String pem() {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pair.getPublic().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  String token(Map<String, Object> said) {
    JwtClaims claims = new JwtClaims();
    said.forEach(claims::setClaim);
    JsonWebSignature signature = new JsonWebSignature();
    signature.setDoKeyValidation(false);
    signature.setAlgorithmHeaderValue(algorithm);
    signature.setPayload(claims.toJson());
    signature.setKey(pair.getPrivate());
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }
}
