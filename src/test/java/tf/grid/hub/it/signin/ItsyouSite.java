package tf.grid.hub.it.signin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/**
 * itsyou.online as far as a hub sees it: OAuth 2 code flow, and tokens that are really signed. Its
 * user always consents. What the next token says can be made wrong. Safe for any number of threads.
 */
final class ItsyouSite implements AutoCloseable {
  static final String CLIENT = "hub-there";
  static final String SECRET = "secret-of-the-hub-there";

  private final HttpServer server;
  private final EllipticCurveJsonWebKey key = newKey();
  private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
  private volatile Map<String, Object> changes = Map.of();
  private volatile EllipticCurveJsonWebKey signer = key;
  private volatile String lastToken = "";

  ItsyouSite() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/v1/oauth/authorize", this::authorize);
    server.createContext("/v1/oauth/access_token", this::exchange);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Its public key, as JWK. */
  String publicKey() {
    return key.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
  }

  /**
   * Makes the following tokens as they should be but for some claims, of which it signs the rest.
   */
  void says(Map<String, Object> other) {
    changes = other;
    signer = key;
  }

  /** Makes the following tokens with a key of somebody else. */
  void forges() {
    signer = newKey();
  }

  /** The token that was made last. */
  String lastToken() {
    return lastToken;
  }

  private void authorize(HttpExchange exchange) throws IOException {
    Map<String, String> asked = parameters(exchange.getRequestURI().getRawQuery());
    boolean good =
        "code".equals(asked.get("response_type"))
            && CLIENT.equals(asked.get("client_id"))
            && ("user:memberof:" + CLIENT).equals(asked.get("scope"));
    if (!good) {
      answer(exchange, 400, "bad request");
      return;
    }
    String code = "code" + UUID.randomUUID();
    codes.put(code, asked);
    exchange
        .getResponseHeaders()
        .set(
            "Location",
            asked.get("redirect_uri")
                + "?code="
                + code
                + "&state="
                + Browser.escaped(asked.get("state")));
    answer(exchange, 302, "");
  }

  private void exchange(HttpExchange exchange) throws IOException {
    Map<String, String> sent =
        parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII));
    Map<String, String> asked = codes.remove(sent.getOrDefault("code", ""));
    boolean good =
        asked != null
            && exchange.getRequestMethod().equals("POST")
            && "authorization_code".equals(sent.get("grant_type"))
            && "id_token".equals(sent.get("response_type"))
            && CLIENT.equals(sent.get("client_id"))
            && SECRET.equals(sent.get("client_secret"))
            && asked.get("redirect_uri").equals(sent.get("redirect_uri"))
            && asked.get("state").equals(sent.get("state"));
    if (!good) {
      answer(exchange, 400, "Bad Request");
      return;
    }
    lastToken = token();
    String body = Json.createObjectBuilder().add("access_token", lastToken).build().toString();
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    answer(exchange, 200, body);
  }

  private String token() {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer("itsyouonline");
    claims.setClaim("username", "frank");
    claims.setClaim("azp", CLIENT);
    claims.setClaim("scope", List.of("user:name", "user:memberof:" + CLIENT + ".apps"));
    claims.setClaim("exp", Instant.now().getEpochSecond() + 3600);
    changes.forEach(claims::setClaim);
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmHeaderValue("ES384");
    signature.setPayload(claims.toJson());
    signature.setKey(signer.getPrivateKey());
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static EllipticCurveJsonWebKey newKey() {
    try {
      return EcJwkGenerator.generateJwk(EllipticCurves.P384);
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> parameters(String query) {
    return Arrays.stream(query.split("&", -1))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
