package tf.grid.hub.account.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.ApiAuthentication;
import tf.grid.hub.account.Caller;
import tf.grid.hub.account.Scope;
import tf.grid.hub.account.token.IssuedToken;
import tf.grid.hub.account.token.TokenRequest;
import tf.grid.hub.account.token.Tokens;

/**
 * What the server itself makes of tokens: roles, and the token as a bean. The built hub with a
 * probe in it, deployed once. Assertions are those of JUnit, which is there in the server too.
 */
@ExtendWith(ArquillianExtension.class)
class TrustedIssuerTokensIT {

  private static final Path WAR = Path.of("target", "hub.war");
  private static final Path HOME = Path.of("target", "arquillian");
  private static final Path WEB_XML = Path.of("src", "test", "resources", "arquillian", "web.xml");
  private static final AccountName ALICE = new AccountName("alice");

  /** In the server it is another one, which nobody trusts. */
  private static final IssuedElsewhere SSO = IssuedElsewhere.curve("secp256r1", "ES256");

  @ArquillianResource private URL hub;
  @Inject private Tokens tokens;
  @Inject private ApiAuthentication signIn;

  @Deployment
  static WebArchive hubWithProbe() throws IOException {
    clear(HOME);
    Files.createDirectories(HOME);
    Files.writeString(HOME.resolve("sso.pem"), SSO.pem());
    return ShrinkWrap.createFromZipFile(WebArchive.class, WAR.toFile())
        .setWebXML(WEB_XML.toFile())
        .addClasses(RolesProbe.class, IssuedElsewhere.class);
  }

  /** The server would go on with what it was told the last time. */
  private static void clear(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static String token(String... groups) {
    long now = Instant.now().getEpochSecond();
    return SSO.token(
        Map.of(
            "iss", "https://sso.example",
            "aud", "http://hub.example",
            "upn", "alice",
            "jti", "t-1",
            "iat", now,
            "exp", now + 600,
            "groups", List.of(groups)));
  }

  private HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(hub + path)).timeout(Duration.ofMinutes(5));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> getWith(String token, String path)
      throws IOException, InterruptedException {
    return get(path, "Authorization", "bearer " + token);
  }

  private static JsonObject json(HttpResponse<String> answer) {
    assertEquals("application/json", answer.headers().firstValue("Content-Type").orElse(""));
    return Json.createReader(new StringReader(answer.body())).readObject();
  }

  private static void assertRefused(int status, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode());
    assertEquals("error", json(answer).getString("status"));
  }

  @Test
  @RunAsClient
  void roles_are_the_groups_of_the_token() throws Exception {
    assertEquals(200, getWith(token("operators"), "api/probe/operators").statusCode());
    assertEquals(200, getWith(token("operators"), "api/probe/users").statusCode());
    assertEquals(200, getWith(token(), "api/probe/users").statusCode());
    assertRefused(403, getWith(token(), "api/probe/operators"));
    assertRefused(403, getWith(token("Operators", "hub-admin"), "api/probe/operators"));
  }

  @Test
  @RunAsClient
  void nobody_has_no_role() throws Exception {
    assertRefused(401, get("api/probe/users"));
    assertRefused(401, getWith("e30.e30.e30", "api/probe/users"));
    assertEquals("null", json(get("api/probe")).getString("name"));
  }

  @Test
  @RunAsClient
  void the_token_is_a_bean_of_the_request() throws Exception {
    JsonObject said = json(getWith(token("operators", "hub-read"), "api/probe"));

    assertEquals("alice", said.getString("name"));
    assertEquals("alice", said.getString("sub"));
    assertEquals("alice", said.getString("upn"));
    assertEquals("t-1", said.getString("jti"));
    Set<String> groups =
        said.getJsonArray("groups").stream().map(Object::toString).collect(Collectors.toSet());
    assertEquals(Set.of("\"operators\"", "\"hub-read\"", "\"user\""), groups);
  }

  @Test
  @RunAsClient
  void groups_of_the_hub_are_scopes() throws Exception {
    assertEquals(200, getWith(token("hub-read"), "api/flist/me").statusCode());
    assertRefused(403, getWith(token("hub-write"), "api/tokens"));
    assertEquals(200, getWith(token("hub-admin"), "api/tokens").statusCode());
  }

  @Test
  void what_the_server_injects_recognises_what_it_issued_itself() {
    IssuedToken made =
        tokens.issue(TokenRequest.full(ALICE, Set.of(), "in the server", Duration.ofMinutes(5)));

    assertFalse(signIn.open());
    Caller caller = signIn.tokens().check(made.text()).orElseThrow();
    assertEquals(ALICE, caller.account());
    assertTrue(caller.may(Scope.ADMIN));
    assertTrue(tokens.revoke(ALICE, caller.getTokenID()));
    assertTrue(signIn.tokens().check(made.text()).isEmpty());
    assertTrue(signIn.tokens().check(token("hub-admin")).isEmpty());
  }
}
