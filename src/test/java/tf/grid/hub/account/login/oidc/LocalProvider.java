package tf.grid.hub.account.login.oidc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** An OpenID Connect provider on loopback that answers whatever a test wants. */
final class LocalProvider implements AutoCloseable {
  static final String CLIENT = "the hub";
  static final String SECRET = "a secret: with a colon";

  private final HttpServer server;
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final Map<String, List<String>> requests = new ConcurrentHashMap<>();
  private RsaJsonWebKey key;

  LocalProvider() throws IOException, JoseException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    key = newKey("first");
    answers.put(
        "/.well-known/openid-configuration",
        """
        {"issuer": "%1$s", "authorization_endpoint": "%1$s/login", "token_endpoint": "%1$s/token",
         "jwks_uri": "%1$s/keys", "userinfo_endpoint": "%1$s/info"}"""
            .formatted(issuer()));
    publishKey();
  }

  String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Sets the JSON that a path answers. */
  void answer(String path, String json) {
    answers.put(path, json);
  }

  /** The authorization headers and bodies of the requests for a path, one text for each request. */
  List<String> requests(String path) {
    return requests.getOrDefault(path, List.of());
  }

  void changeKey() throws JoseException {
    key = newKey("second");
    publishKey();
  }

  private static RsaJsonWebKey newKey(String id) throws JoseException {
    RsaJsonWebKey made = RsaJwkGenerator.generateJwk(2048);
    made.setKeyId(id);
    return made;
  }

  private void publishKey() {
    answers.put("/keys", new JsonWebKeySet(key).toJson());
  }

  /** Answers the exchange of the code with this ID token. */
  void issue(String idToken) {
    answers.put("/token", "{\"access_token\": \"access\", \"id_token\": \"" + idToken + "\"}");
  }

  String signed(JwtClaims claims) throws JoseException {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setKey(key.getPrivateKey());
    signature.setKeyIdHeaderValue(key.getKeyId());
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
    return signature.getCompactSerialization();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
    requests
        .computeIfAbsent(path, any -> new ArrayList<>())
        .add(new TreeMap<>(Map.of("as", String.valueOf(authorization), "sent", body)).toString());
    byte[] json = answers.getOrDefault(path, "").getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(json.length == 0 ? 404 : 200, json.length == 0 ? -1 : json.length);
    if (json.length > 0) {
      exchange.getResponseBody().write(json);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
