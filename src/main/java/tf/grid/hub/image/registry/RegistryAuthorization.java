package tf.grid.hub.image.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tf.grid.hub.image.Credentials;
import tf.grid.hub.image.PullException.MalformedImageException;
import tf.grid.hub.image.PullException.RegistryAccessDeniedException;
import tf.grid.hub.image.http.HttpReply;
import tf.grid.hub.image.http.Origin;
import tf.grid.hub.image.http.RedirectingHttp;

/**
 * Authenticates requests to one registry for one repository. Caches a token until it is rejected.
 * Tokens are fetched as in the <a
 * href="https://distribution.github.io/distribution/spec/auth/token/">token specification</a>.
 * Thread-safe.
 */
final class RegistryAuthorization {

  private static final int LARGEST_ANSWER = 64 << 10;
  private static final int LONGEST_TOKEN = 32 << 10;
  private static final Pattern ABSOLUTE = Pattern.compile("https?://", Pattern.CASE_INSENSITIVE);

  private final RedirectingHttp http;
  private final CredentialScope confidants;
  private final String repository;
  private final Optional<String> basic;
  private final Optional<String> user;
  private volatile String header;

  RegistryAuthorization(
      RedirectingHttp http,
      CredentialScope confidants,
      String repository,
      Optional<Credentials> credentials) {
    this.http = http;
    this.confidants = confidants;
    this.repository = repository;
    this.user = credentials.map(Credentials::user);
    this.basic = credentials.map(RegistryAuthorization::basic);
  }

  private static String basic(Credentials credentials) {
    String pair = credentials.user() + ":" + credentials.password();
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  /** The header to send; empty before the first challenge. */
  Optional<String> header() {
    return Optional.ofNullable(header);
  }

  /** Whether there are credentials that a registry could reject. */
  boolean isNamed() {
    return basic.isPresent();
  }

  /**
   * Handles a 401.
   *
   * @param refused the header that was rejected
   * @return whether to retry the request
   */
  synchronized boolean renew(Optional<String> refused, HttpReply reply) throws IOException {
    if (!header().equals(refused)) {
      // Another thread has already renewed it.
      return true;
    }
    Optional<Challenge> challenge = Challenge.best(reply.headers("WWW-Authenticate"));
    Optional<String> answer =
        challenge.isPresent() && challenge.get().isBearer()
            ? Optional.of("Bearer " + token(challenge.get()))
            : challenge.flatMap(wanted -> basic);
    if (answer.isEmpty() || answer.equals(refused)) {
      return false;
    }
    header = answer.get();
    return true;
  }

  private String token(Challenge challenge) throws IOException {
    URI realm = realm(challenge);
    if (isNamed()) {
      confidants.refuseOther(Origin.of(realm));
    }
    RedirectingHttp.End end = http.get(realm, Map.of(), basic);
    try (HttpReply reply = end.reply()) {
      if (reply.status() == 400 && isNamed()) {
        throw new RegistryAccessDeniedException(end.origin() + " refuses these credentials");
      }
      if (reply.status() != 200) {
        throw RegistryErrors.of(reply, "a token for " + repository, end.origin(), isNamed());
      }
      byte[] answer =
          DocumentReader.read(reply, end.origin(), LARGEST_ANSWER, "a token for " + repository);
      return token(answer, end);
    }
  }

  private URI realm(Challenge challenge) throws MalformedImageException {
    String realm = challenge.parameter("realm").orElse("");
    if (!ABSOLUTE.matcher(realm).lookingAt()) {
      throw new MalformedImageException(
          "the registry names no whole address for tokens, one that begins with https://");
    }
    StringBuilder query = new StringBuilder(realm.indexOf('?') < 0 ? "?" : "&");
    challenge.parameter("service").ifPresent(name -> append(query, "service", name));
    user.ifPresent(name -> append(query, "account", name));
    append(
        query, "scope", challenge.parameter("scope").orElse("repository:" + repository + ":pull"));
    query.setLength(query.length() - 1);
    try {
      return URI.create(realm + query);
    } catch (IllegalArgumentException e) {
      throw new MalformedImageException("the registry names a malformed address for tokens", e);
    }
  }

  private static void append(StringBuilder query, String name, String value) {
    query.append(name).append('=').append(URLEncoder.encode(value, UTF_8)).append('&');
  }

  private static String token(byte[] json, RedirectingHttp.End end) throws MalformedImageException {
    Origin origin = end.origin();
    try (JsonReader reader = Json.createReader(new ByteArrayInputStream(json))) {
      JsonObject answer = reader.readObject();
      String named = answer.getString("token", "");
      String token = named.isEmpty() ? answer.getString("access_token", "") : named;
      boolean usable =
          !token.isEmpty()
              && token.length() <= LONGEST_TOKEN
              && token.chars().allMatch(c -> c > ' ' && c < 0x7f);
      if (usable) {
        return token;
      }
    } catch (RuntimeException e) {
      throw new MalformedImageException(origin + " sent a token that cannot be read", e);
    }
    throw new MalformedImageException(origin + " sent no usable token");
  }
}
