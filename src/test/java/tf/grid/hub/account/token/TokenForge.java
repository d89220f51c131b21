package tf.grid.hub.account.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens that a careless check would accept, by hand, without the library that checks. */
public final class TokenForge {

  private static final String HEADER = "{\"alg\":\"RS256\",\"typ\":\"JWT\"}";

  private final SigningKey key;
  private final String issuer;
  private final long now;
  private final Map<String, String> made = new LinkedHashMap<>();

  /** Forges for the hub with this key and address. */
  public TokenForge(SigningKey key, String issuer, Instant now) {
    this.key = key;
    this.issuer = issuer;
    this.now = now.getEpochSecond();
  }

  /** A token like the hub's, to prove that the forgeries fail for what is wrong with them. */
  public String good() {
    return signed(HEADER, claims(Map.of()));
  }

  /** Tokens by what is wrong with them. */
  public Map<String, String> forgeries() {
    try {
      shapes();
      secretless();
      otherAlgorithms();
      otherKeys();
      headers();
      tampered();
      badClaims();
      return made;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void shapes() {
    String[] parts = good().split("\\.", -1);
    made.put("empty", "");
    made.put("one letter", "a");
    made.put("a token of the earlier hub", "o0_FtOiXZ6IvcaWXtgQ3SdJ1c2VyIl0");
    made.put("dots only", "..");
    made.put("two parts", parts[0] + "." + parts[1]);
    made.put("four parts", good() + ".AAAA");
    made.put("five parts", parts[0] + ".." + parts[1] + ".." + parts[2]);
    made.put("a dot too many", good() + ".");
    made.put("a blank inside", good().replaceFirst("\\.", ". "));
    made.put("a newline at the end", good() + "\n");
    made.put("padding", parts[0] + "." + parts[1] + "." + parts[2] + "==");
    made.put("over 8 KiB", signed(HEADER, claims(Map.of("label", quoted("x".repeat(9000))))));
    made.put("over 8 KiB of dots", ".".repeat(10_000));
    made.put("a header that is no JSON", signed("alg=RS256", claims(Map.of())));
    made.put("a header that is an array", signed("[\"RS256\"]", claims(Map.of())));
    made.put("a payload that is no JSON", signed(HEADER, "sub=alice"));
    made.put("a payload that is an array", signed(HEADER, "[1]"));
    made.put("an empty payload", signed(HEADER, ""));
  }

  private void secretless() {
    for (String name : new String[] {"none", "None", "NONE", "nOnE", ""}) {
      String start = unsigned(header(name), claims(Map.of()));
      made.put("algorithm '" + name + "' without signature", start + ".");
      made.put("algorithm '" + name + "' with a signature", start + ".AAAA");
    }
    made.put("no algorithm", signed("{\"typ\":\"JWT\"}", claims(Map.of())));
    made.put("algorithm null", signed("{\"alg\":null}", claims(Map.of())));
  }

  private void otherAlgorithms() throws GeneralSecurityException {
    byte[] der = key.open().getEncoded();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END PUBLIC KEY-----\n";
    for (String bits : new String[] {"256", "384", "512"}) {
      made.put("HMAC-" + bits + " with the public key, DER", hmac(bits, der));
      made.put("HMAC-" + bits + " with the public key, PEM", hmac(bits, bytes(pem)));
    }
    made.put("HMAC with an empty looking key", hmac("256", new byte[32]));
    made.put("RS384 with the right key", signed("RS384", "SHA384withRSA", key.secret()));
    made.put("RS512 with the right key", signed("RS512", "SHA512withRSA", key.secret()));
    made.put("PS256 with the right key", pss());
    KeyPairGenerator curves = KeyPairGenerator.getInstance("EC");
    curves.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair curve = curves.generateKeyPair();
    made.put("ES256", signed("ES256", "SHA256withECDSAinP1363Format", curve.getPrivate()));
    made.put("ES256 in DER", signed("ES256", "SHA256withECDSA", curve.getPrivate()));
    String start = unsigned(header("ES256"), claims(Map.of()));
    made.put("ES256 of zeros", start + "." + encoded(new byte[64]));
    made.put(
        "ES384 of zeros",
        unsigned(header("ES384"), claims(Map.of())) + "." + encoded(new byte[96]));
    KeyPair edwards = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    made.put("EdDSA", signed("EdDSA", "Ed25519", edwards.getPrivate()));
  }

  private void otherKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair other = generator.generateKeyPair();
    RSAPublicKey open = (RSAPublicKey) other.getPublic();
    String jwk =
        "{\"kty\":\"RSA\",\"n\":"
            + quoted(encoded(open.getModulus().toByteArray()))
            + ",\"e\":\"AQAB\"}";
    made.put("another key", signed(HEADER, other.getPrivate()));
    made.put("another key in jwk", signed(header("RS256", "jwk", jwk), other.getPrivate()));
    for (String name : new String[] {"jku", "x5u"}) {
      String url = quoted("http://127.0.0.1:1/keys");
      made.put("another key at " + name, signed(header("RS256", name, url), other.getPrivate()));
    }
    String chain = "[" + quoted(Base64.getEncoder().encodeToString(open.getEncoded())) + "]";
    made.put("another key in x5c", signed(header("RS256", "x5c", chain), other.getPrivate()));
    for (String kid : new String[] {"../../dev/null", "' OR 1=1 --", "token-key.pem"}) {
      String header = header("RS256", "kid", quoted(kid));
      made.put("another key with kid " + kid, signed(header, other.getPrivate()));
    }
  }

  private void headers() {
    String unknown = header("RS256", "crit", "[\"exp2\"],\"exp2\":1");
    made.put("a critical header that nobody knows", signed(unknown, claims(Map.of())));
    String encrypted = "{\"alg\":\"dir\",\"enc\":\"A128GCM\"}";
    made.put("an encryption header", signed(encrypted, claims(Map.of())));
    String twice = "{\"alg\":\"none\",\"alg\":\"RS256\"}";
    made.put("two algorithms", signed(twice, claims(Map.of())));
    made.put("a token in a token", signed(header("RS256", "cty", quoted("JWT")), good()));
  }

  private void tampered() {
    String[] parts = good().split("\\.", -1);
    String other = encoded(bytes(claims(Map.of("sub", quoted("Administrator")))));
    made.put("segments in another order", parts[1] + "." + parts[0] + "." + parts[2]);
    made.put("a truncated token", good().substring(0, good().length() - 20));
    made.put("plain base64", good().replace('-', '+').replace('_', '/') + "+/");
    made.put("another payload", parts[0] + "." + other + "." + parts[2]);
    String header = encoded(bytes("{\"typ\":\"JWT\",\"alg\":\"RS256\"}"));
    made.put("another header", header + "." + parts[1] + "." + parts[2]);
    byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
    made.put("an empty signature", parts[0] + "." + parts[1] + ".");
    made.put("a signature of zeros", resigned(parts, new byte[signature.length]));
    made.put("a short signature", resigned(parts, Arrays.copyOf(signature, 128)));
    made.put("a long signature", resigned(parts, Arrays.copyOf(signature, 257)));
    signature[17] ^= 1;
    made.put("one bit of the signature", resigned(parts, signature));
  }

  private static String resigned(String[] parts, byte[] signature) {
    return parts[0] + "." + parts[1] + "." + encoded(signature);
  }

  private void badClaims() {
    String owners = claims(Map.of()).replaceFirst("\\{", "{\"sub\":\"Administrator\",");
    made.put("two owners", signed(HEADER, owners));
    claim("exp", null, "-1", quoted("tomorrow"), "99999999999999999999", "" + now, "" + (now - 1));
    claim("iss", null, quoted("https://other.example"), quoted(issuer + "/"), "[]", "7");
    claim("aud", null, quoted("https://other.example"), quoted(""), "[]", "{}");
    claim("sub", null, quoted(""), quoted(".."), quoted("a/b"), quoted("a\\u0000"), "[]", "42");
    claim("jti", null, "7");
    claim("iat", null, quoted("today"), "" + (now + 3600));
    claim("nbf", "" + (now + 60), quoted("now"));
    claim("scope", null, "7", "[\"write\"]");
    claim("memberof", null, quoted("team"), "[1]", "[\"../x\"]", "{}");
  }

  /** One forgery for each value; null leaves the claim out. */
  private void claim(String name, String... values) {
    for (String value : values) {
      Map<String, String> change = new LinkedHashMap<>();
      change.put(name, value);
      made.put("claim " + name + " = " + value, signed(HEADER, claims(change)));
    }
  }

  private String claims(Map<String, String> changes) {
    Map<String, String> claims = new LinkedHashMap<>();
    claims.put("iss", quoted(issuer));
    claims.put("aud", quoted(issuer));
    claims.put("sub", quoted("alice"));
    claims.put("upn", quoted("alice"));
    claims.put("groups", "[\"user\"]");
    claims.put("memberof", "[]");
    claims.put("scope", quoted("read write"));
    claims.put("jti", quoted("1"));
    claims.put("iat", "" + (now - 10));
    claims.put("exp", "" + (now + 3600));
    claims.putAll(changes);
    claims.values().removeIf(Objects::isNull);
    StringBuilder json = new StringBuilder("{");
    claims.forEach((k, v) -> json.append(quoted(k)).append(':').append(v).append(','));
    json.setCharAt(json.length() - 1, '}');
    return json.toString();
  }

  private String hmac(String bits, byte[] secret) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA" + bits);
    mac.init(new SecretKeySpec(secret, "HMAC"));
    String start = unsigned(header("HS" + bits), claims(Map.of()));
    return start + "." + encoded(mac.doFinal(bytes(start)));
  }

  private String pss() throws GeneralSecurityException {
    Signature signature = Signature.getInstance("RSASSA-PSS");
    signature.setParameter(
        new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
    return signed(signature, header("PS256"), claims(Map.of()), key.secret());
  }

  private String signed(String algorithm, String signature, PrivateKey with)
      throws GeneralSecurityException {
    return signed(Signature.getInstance(signature), header(algorithm), claims(Map.of()), with);
  }

  private String signed(String header, PrivateKey with) throws GeneralSecurityException {
    return signed(Signature.getInstance("SHA256withRSA"), header, claims(Map.of()), with);
  }

  private String signed(String header, String payload) {
    try {
      return signed(Signature.getInstance("SHA256withRSA"), header, payload, key.secret());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String signed(Signature signature, String header, String payload, PrivateKey with)
      throws GeneralSecurityException {
    String start = unsigned(header, payload);
    signature.initSign(with);
    signature.update(bytes(start));
    return start + "." + encoded(signature.sign());
  }

  private static String unsigned(String header, String payload) {
    return encoded(bytes(header)) + "." + encoded(bytes(payload));
  }

  private static String header(String algorithm) {
    return "{\"alg\":" + quoted(algorithm) + ",\"typ\":\"JWT\"}";
  }

  private static String header(String algorithm, String name, String json) {
    return "{\"alg\":" + quoted(algorithm) + "," + quoted(name) + ":" + json + "}";
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
