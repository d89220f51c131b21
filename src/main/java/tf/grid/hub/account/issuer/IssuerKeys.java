package tf.grid.hub.account.issuer;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/**
 * The public keys of an issuer and the algorithm of each kind of key. Immutable.
 *
 * @param keys at least one
 * @param algorithms the accepted algorithms, independent of the header of a token
 */
public record IssuerKeys(List<PublicJsonWebKey> keys, Set<String> algorithms) {

  private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
  private static final String END = "-----END PUBLIC KEY-----";
  private static final int LEAST_RSA_BITS = 2048;
  private static final String WANTED =
      "a public key in PEM, or a JWK or JWKS of public keys: RSA of at least "
          + LEAST_RSA_BITS
          + " bits, or elliptic curve P-256 or P-384";

  public IssuerKeys {
    keys = List.copyOf(keys);
    algorithms = Set.copyOf(algorithms);
  }

  /**
   * Parses keys.
   *
   * @param text PEM or JSON (JWK, JWKS)
   * @throws IllegalArgumentException if the text is invalid; the message states the allowed forms
   */
  public static IssuerKeys parse(String text) {
    try {
      String stripped = text.strip();
      List<PublicJsonWebKey> keys =
          stripped.startsWith("{") ? fromJson(stripped) : List.of(fromPem(stripped));
      Set<String> algorithms =
          keys.stream().map(IssuerKeys::algorithm).collect(Collectors.toUnmodifiableSet());
      return new IssuerKeys(keys, algorithms);
    } catch (JoseException | GeneralSecurityException | ClassCastException e) {
      throw new IllegalArgumentException(WANTED, e);
    }
  }

  /** Returns the same keys, restricted to one algorithm. */
  public IssuerKeys onlyFor(String algorithm) {
    if (!algorithms.contains(algorithm)) {
      throw new IllegalArgumentException("a key for " + algorithm);
    }
    return new IssuerKeys(
        keys.stream().filter(key -> algorithm(key).equals(algorithm)).toList(), Set.of(algorithm));
  }

  private static List<PublicJsonWebKey> fromJson(String json) throws JoseException {
    List<JsonWebKey> given =
        json.contains("\"keys\"")
            ? new JsonWebKeySet(json).getJsonWebKeys()
            : List.of(JsonWebKey.Factory.newJwk(json));
    List<PublicJsonWebKey> keys = new ArrayList<>();
    for (JsonWebKey key : given) {
      PublicJsonWebKey open = (PublicJsonWebKey) key;
      if (open.getPrivateKey() != null) {
        throw new IllegalArgumentException("public keys only: a private one must not be here");
      }
      keys.add(open);
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException(WANTED);
    }
    return keys;
  }

  private static PublicJsonWebKey fromPem(String pem)
      throws JoseException, GeneralSecurityException {
    if (!pem.startsWith(BEGIN) || !pem.endsWith(END)) {
      throw new IllegalArgumentException(WANTED);
    }
    String body = pem.substring(BEGIN.length(), pem.length() - END.length());
    byte[] encoded = Base64.getMimeDecoder().decode(body);
    return PublicJsonWebKey.Factory.newPublicJwk(decoded(encoded));
  }

  private static PublicKey decoded(byte[] encoded) throws GeneralSecurityException {
    X509EncodedKeySpec spec = new X509EncodedKeySpec(encoded);
    try {
      return KeyFactory.getInstance("RSA").generatePublic(spec);
    } catch (GeneralSecurityException notRsa) {
      return KeyFactory.getInstance("EC").generatePublic(spec);
    }
  }

  private static String algorithm(PublicJsonWebKey key) {
    if (key instanceof RsaJsonWebKey rsa
        && rsa.getRsaPublicKey().getModulus().bitLength() >= LEAST_RSA_BITS) {
      return AlgorithmIdentifiers.RSA_USING_SHA256;
    }
    String curve = key instanceof EllipticCurveJsonWebKey point ? point.getCurveName() : "";
    return switch (curve) {
      case EllipticCurves.P_256 -> AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;
      case EllipticCurves.P_384 -> AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384;
      default -> throw new IllegalArgumentException(WANTED);
    };
  }
}
