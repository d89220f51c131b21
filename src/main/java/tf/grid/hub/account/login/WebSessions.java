package tf.grid.hub.account.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.Caller;
import tf.grid.hub.account.Grant;
import tf.grid.hub.account.HubAuthenticationMechanism.SessionAuthenticator;
import tf.grid.hub.account.Scope;
import tf.grid.hub.account.session.BrowserCookie;
import tf.grid.hub.account.session.Session;
import tf.grid.hub.account.session.SessionStore;
import tf.grid.hub.http.file.Sha256;

/**
 * Signed-in users. A browser has a cookie with a random key; the store has its digest, so who reads
 * the store cannot use a session. Thread-safe.
 */
public final class WebSessions implements SessionAuthenticator {

  /** The cookie with the key of the session. */
  static final String COOKIE = "hub-session";

  private static final int KEY_BYTES = 32;
  private static final Pattern KEY = Pattern.compile("[\\w-]{43}");
  private static final int FORM_TOKEN_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SessionStore store;
  private final BrowserCookie cookie;
  private final SessionLifetimes rules;
  private final Clock clock;

  /**
   * Keeps sessions.
   *
   * @param site the public URL of the hub
   */
  public WebSessions(SessionStore store, URI site, SessionLifetimes rules, Clock clock) {
    this.store = store;
    this.cookie = new BrowserCookie(COOKIE, site);
    this.rules = rules;
    this.clock = clock;
  }

  /**
   * Signs a user in, in a new session, so that a key known before cannot be used (session
   * fixation).
   *
   * @throws tf.grid.hub.account.session.SessionStore.TooManySessionsException if there is no room
   */
  public Caller signIn(HttpServletRequest request, HttpServletResponse response, Identity who) {
    key(request).ifPresent(key -> store.remove(digest(key)));
    Instant now = clock.instant();
    Instant end = now.plus(rules.life());
    Instant expires = who.expires().filter(end::isAfter).orElse(end);
    Session session = new Session(who.account(), who.memberOf(), expires);
    byte[] bits = new byte[KEY_BYTES];
    RANDOM.nextBytes(bits);
    String key = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    store.add(digest(key), session, now);
    cookie.send(response, key);
    return caller(session);
  }

  /** Returns the signed-in user, unless the session has expired or was ended. */
  @Override
  public Optional<Caller> caller(HttpServletRequest request) {
    return key(request)
        .flatMap(key -> store.use(digest(key), clock.instant(), rules.idle()))
        .map(WebSessions::caller);
  }

  private static Caller caller(Session session) {
    Grant grant = new Grant(session.memberOf(), Scope.ALL, Optional.empty(), session.expires());
    return Caller.of(session.account(), grant, Map.of("exp", session.expires().getEpochSecond()));
  }

  /** Ends all sessions of a user. */
  public void endAll(AccountName account) {
    store.removeAll(account);
  }

  /**
   * Returns the token that forms of this session must contain; empty if nobody is signed in. It is
   * computed from the key, so that it is the same on all hubs and kept nowhere.
   */
  public Optional<String> formToken(HttpServletRequest request) {
    return caller(request).flatMap(caller -> key(request)).map(WebSessions::formToken);
  }

  private static String formToken(String key) {
    return HexFormat.of().formatHex(sha256("form " + key), 0, FORM_TOKEN_BYTES);
  }

  /** Ends the session of a browser. */
  public void signOut(HttpServletRequest request, HttpServletResponse response) {
    key(request)
        .ifPresent(
            key -> {
              store.remove(digest(key));
              cookie.forget(response);
            });
  }

  private Optional<String> key(HttpServletRequest request) {
    return cookie.value(request).filter(value -> KEY.matcher(value).matches());
  }

  private static String digest(String key) {
    return HexFormat.of().formatHex(sha256("session " + key));
  }

  private static byte[] sha256(String text) {
    return Sha256.start().digest(text.getBytes(UTF_8));
  }

  /**
   * Lifetimes of a session.
   *
   * @param idle without a request
   * @param life maximum
   */
  public record SessionLifetimes(Duration idle, Duration life) {}
}
