package tf.grid.hub.account.login;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import tf.grid.hub.account.Caller;
import tf.grid.hub.account.Grant;
import tf.grid.hub.account.Scope;

/**
 * Who is signed in with a browser: kept in its session, which exists only from the moment somebody
 * starts to sign in. Safe for any number of threads.
 */
public final class WebSessions {

  /** The attribute of a session that tells who is signed in with it. */
  static final String CALLER = Caller.class.getName();

  private static final String FORM_TOKEN = WebSessions.class.getName() + ".form";
  private static final int FORM_TOKEN_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SessionLifetimes rules;
  private final Clock clock;

  /** Takes how long sessions last. */
  public WebSessions(SessionLifetimes rules, Clock clock) {
    this.rules = rules;
    this.clock = clock;
  }

  /**
   * Signs somebody in, in a new session: an identifier from before is worth nothing after.
   *
   * @throws TooManySessionsException if the server has as many as it takes
   */
  public Caller signIn(HttpServletRequest request, Identity who) {
    signOut(request);
    Instant end = clock.instant().plus(rules.life());
    Instant expires = who.expires().filter(end::isAfter).orElse(end);
    Grant grant = new Grant(who.memberOf(), Scope.ALL, Optional.empty(), expires);
    Caller caller = Caller.of(who.account(), grant, Map.of("exp", expires.getEpochSecond()));
    HttpSession session = begin(request);
    session.setMaxInactiveInterval(Math.toIntExact(rules.idle().toSeconds()));
    session.setAttribute(CALLER, caller);
    // Made with the session, so that pages that load at the same time have the same one.
    session.setAttribute(FORM_TOKEN, randomText());
    return caller;
  }

  /**
   * The session of a request, a new one if it has none.
   *
   * @throws TooManySessionsException if the server has as many as it takes
   */
  static HttpSession begin(HttpServletRequest request) {
    try {
      return request.getSession();
    } catch (IllegalStateException e) {
      throw new TooManySessionsException(e);
    }
  }

  /** Who is signed in, if anyone is and the time is not over. */
  public Optional<Caller> caller(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session == null || !(session.getAttribute(CALLER) instanceof Caller caller)) {
      return Optional.empty();
    }
    return Optional.of(caller).filter(known -> !known.expiredAt(clock.instant()));
  }

  /** What pages put into forms to know them by, as long as somebody is signed in. */
  public Optional<String> formToken(HttpServletRequest request) {
    return caller(request)
        .map(caller -> request.getSession(false).getAttribute(FORM_TOKEN))
        .map(Object::toString);
  }

  private static String randomText() {
    byte[] bits = new byte[FORM_TOKEN_BYTES];
    RANDOM.nextBytes(bits);
    return HexFormat.of().formatHex(bits);
  }

  /** Forgets all that a browser's session holds. */
  public void signOut(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
  }

  /** The server has as many sessions as it takes; those that nobody uses end by themselves. */
  public static final class TooManySessionsException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /** When another try is worth it. */
    public static final Duration PAUSE = Duration.ofMinutes(1);

    TooManySessionsException(IllegalStateException cause) {
      super("too many are signed in or signing in: try again later", cause);
    }
  }

  /**
   * How long a browser stays signed in.
   *
   * @param idle without a request
   * @param life at most
   */
  public record SessionLifetimes(Duration idle, Duration life) {}
}
