package tf.grid.hub.image.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Gives tokens for a registry, signed with RS256, their certificate in the header. Repositories
 * below {@code private/} are for one user only.
 */
public final class TokenServer implements AutoCloseable {
  private static final Pattern SCOPE = Pattern.compile("repository:([^:]+):([a-z,]+)");

  private final HttpServer server;
  private final TlsFiles keys;
  private final String basic;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile int lifeSeconds = 300;

  private TokenServer(HttpServer server, TlsFiles keys, String basic) {
    this.server = server;
    this.keys = keys;
    this.basic = basic;
  }

  /** Starts a server that knows one user. */
  public static TokenServer start(TlsFiles keys, String user, String password) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String pair = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    TokenServer tokens = new TokenServer(server, keys, "Basic " + pair);
    server.createContext("/token", tokens::answer);
    server.start();
    return tokens;
  }

  /** Where tokens are asked for. */
  public String realm() {
    return "http://" + name() + "/token";
  }

  /** Its host and port. */
  public String name() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** The certificate of the key that signs. */
  public Path certificate() {
    return keys.certificate();
  }

  /** What was asked, one query each; those with credentials begin with {@code named}. */
  public List<String> requests() {
    return requests;
  }

  /** How long tokens last from now on; registries add a minute of their own. */
  public void setLife(int seconds) {
    lifeSeconds = seconds;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String sent = exchange.getRequestHeaders().getFirst("Authorization");
      requests.add((sent == null ? "" : "named ") + exchange.getRequestURI().getRawQuery());
      boolean known = basic.equals(sent);
      byte[] body = token(exchange.getRequestURI().getRawQuery(), known).getBytes(UTF_8);
      int status = sent == null || known ? 200 : 401;
      exchange.sendResponseHeaders(status, status == 200 ? body.length : -1);
      if (status == 200) {
        exchange.getResponseBody().write(body);
      }
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private String token(String query, boolean known) throws IOException, GeneralSecurityException {
    Map<String, String> parameters =
        Stream.of(query.split("&", -1))
            .map(pair -> pair.split("=", 2))
            .collect(
                Collectors.toMap(
                    pair -> pair[0], pair -> URLDecoder.decode(pair[1], UTF_8), (a, b) -> b));
    Matcher scope = SCOPE.matcher(parameters.getOrDefault("scope", ""));
    String access = "";
    if (scope.matches() && (known || !scope.group(1).startsWith("private/"))) {
      String actions =
          Stream.of(scope.group(2).split(","))
              .map(action -> '"' + action + '"')
              .collect(Collectors.joining(","));
      access =
          "{\"type\":\"repository\",\"name\":\"%s\",\"actions\":[%s]}"
              .formatted(scope.group(1), actions);
    }
    return "{\"token\":\"" + sign(access) + "\"}";
  }

  private String sign(String access) throws IOException, GeneralSecurityException {
    String chain = Base64.getEncoder().encodeToString(keys.readCertificate().getEncoded());
    String header = "{\"typ\":\"JWT\",\"alg\":\"RS256\",\"x5c\":[\"" + chain + "\"]}";
    long now = Instant.now().getEpochSecond();
    String claims =
        ("{\"iss\":\"bench\",\"aud\":\"bench\",\"sub\":\"\",\"iat\":%d,\"nbf\":%d,\"exp\":%d,"
                + "\"jti\":\"%d\",\"access\":[%s]}")
            .formatted(now, now - 120, now + lifeSeconds, System.nanoTime(), access);
    String signed = base64(header.getBytes(UTF_8)) + "." + base64(claims.getBytes(UTF_8));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(keys.readKey());
    signature.update(signed.getBytes(US_ASCII));
    return signed + "." + base64(signature.sign());
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
