package tf.grid.hub.account.login.oidc;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;
import tf.grid.hub.account.login.JsonClient;
import tf.grid.hub.account.login.QueryString;

/**
 * The provider's endpoints (OpenID Connect Discovery 1.0). Metadata and keys are fetched when they
 * are first needed and kept for an hour. Nothing waits for the requests of others, so that threads
 * are not queued behind a provider that hangs. Thread-safe.
 */
public final class OpenIdProvider {

  private static final Duration KEPT = Duration.ofHours(1);

  /** An unknown key makes the keys be fetched again, but not more often than this. */
  private static final Duration BETWEEN_KEYS = Duration.ofMinutes(1);

  private static final String DISCOVERY = "/.well-known/openid-configuration";
  private static final String SECRET_BASIC = "client_secret_basic";

  private final OpenIdConnectSettings settings;
  private final JsonClient remote;
  private final Clock clock;
  private volatile Fetched<Metadata> metadata;
  private volatile Fetched<List<JsonWebKey>> keys;

  public OpenIdProvider(OpenIdConnectSettings settings, JsonClient remote, Clock clock) {
    this.settings = settings;
    this.remote = remote;
    this.clock = clock;
  }

  /** The provider's description of itself. */
  Metadata metadata() throws IOException {
    Fetched<Metadata> known = metadata;
    if (known == null || known.olderThan(KEPT, clock)) {
      known = new Fetched<>(Metadata.from(describe(), settings.issuer()), clock.instant());
      metadata = known;
    }
    return known.value();
  }

  private JsonObject describe() throws IOException {
    return remote.ask(get(URI.create(withoutSlash(settings.issuer()) + DISCOVERY)).build());
  }

  /**
   * The keys that sign ID tokens.
   *
   * @param again whether the known keys do not suffice
   */
  List<JsonWebKey> keys(boolean again) throws IOException {
    Fetched<List<JsonWebKey>> known = keys;
    if (known == null || known.olderThan(again ? BETWEEN_KEYS : KEPT, clock)) {
      JsonObject set = remote.ask(get(metadata().keys()).build());
      try {
        known = new Fetched<>(new JsonWebKeySet(set.toString()).getJsonWebKeys(), clock.instant());
      } catch (JoseException e) {
        throw new IOException("the keys of the provider are malformed", e);
      }
      keys = known;
    }
    return known.value();
  }

  /** Exchanges an authorization code; the hub authenticates with its secret, if it has one. */
  JsonObject redeem(Map<String, String> parameters) throws IOException {
    Map<String, String> form = new HashMap<>(parameters);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(metadata().token())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json");
    if (!settings.clientSecret().isEmpty() && metadata().basic()) {
      request.header("Authorization", "Basic " + credentials());
    } else {
      form.put("client_id", settings.clientId());
      if (!settings.clientSecret().isEmpty()) {
        form.put("client_secret", settings.clientSecret());
      }
    }
    return remote.ask(
        request.POST(HttpRequest.BodyPublishers.ofString(QueryString.of(form))).build());
  }

  /** RFC 6749, section 2.3.1: both parts are form-encoded first. */
  private String credentials() {
    String pair =
        URLEncoder.encode(settings.clientId(), StandardCharsets.UTF_8)
            + ":"
            + URLEncoder.encode(settings.clientSecret(), StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Fetches the claims about a user that the ID token does not contain.
   *
   * @param subject the subject of the ID token, which the claims must have, too
   */
  JsonObject userInfo(String accessToken, String subject) throws IOException {
    URI place = metadata().userInfo();
    if (place == null) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
    JsonObject claims =
        remote.ask(get(place).header("Authorization", "Bearer " + accessToken).build());
    if (!(claims.get("sub") instanceof JsonString about) || !about.getString().equals(subject)) {
      throw new IOException("the provider sent the claims of another user");
    }
    return claims;
  }

  private static HttpRequest.Builder get(URI place) {
    return HttpRequest.newBuilder(place).header("Accept", "application/json").GET();
  }

  private static String withoutSlash(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /** Something that was fetched, and when. */
  private record Fetched<T>(T value, Instant at) {

    boolean olderThan(Duration age, Clock clock) {
      return !clock.instant().isBefore(at.plus(age));
    }
  }

  /**
   * The parts of a provider's metadata that the hub uses.
   *
   * @param authorization where browsers are sent
   * @param token where codes are exchanged
   * @param keys the JSON Web Key Set
   * @param userInfo claims about a user; null if the provider has no such endpoint
   * @param basic whether the secret is sent in a header rather than in the form
   */
  record Metadata(URI authorization, URI token, URI keys, URI userInfo, boolean basic) {

    /**
     * Reads a provider's metadata.
     *
     * @throws IOException if it is incomplete or that of another issuer
     */
    static Metadata from(JsonObject description, String issuer) throws IOException {
      String stated = description.getString("issuer", "");
      if (!stated.equals(issuer)) {
        throw new IOException("hub.auth.oidc.issuer is " + issuer + ", the provider is " + stated);
      }
      boolean secure = issuer.startsWith("https:");
      boolean informs = description.containsKey("userinfo_endpoint");
      return new Metadata(
          endpoint(description, "authorization_endpoint", secure),
          endpoint(description, "token_endpoint", secure),
          endpoint(description, "jwks_uri", secure),
          informs ? endpoint(description, "userinfo_endpoint", secure) : null,
          basic(description));
    }

    private static URI endpoint(JsonObject description, String name, boolean secure)
        throws IOException {
      String text = description.getString(name, "");
      if (!text.startsWith("https://") && (secure || !text.startsWith("http://"))) {
        throw new IOException("the provider's " + name + " is not a URL that can be used: " + text);
      }
      try {
        return URI.create(text);
      } catch (IllegalArgumentException e) {
        throw new IOException("the provider's " + name + " is malformed", e);
      }
    }

    private static boolean basic(JsonObject description) {
      return !(description.get("token_endpoint_auth_methods_supported")
              instanceof JsonArray methods)
          || methods.stream()
              .anyMatch(
                  method ->
                      method instanceof JsonString name && name.getString().equals(SECRET_BASIC));
    }
  }
}
