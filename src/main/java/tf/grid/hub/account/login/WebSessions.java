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
import java.util.concurrent.ConcurrentHashMap;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.Caller;
import tf.grid.hub.account.Grant;
import tf.grid.hub.account.HubAuthenticationMechanism.SessionAuthenticator;
import tf.grid.hub.account.Scope;

/** Signed-in users in browser sessions. A session is created when a sign-in starts. Thread-safe. */
public final class WebSessions implements SessionAuthenticator {

  /** The session attribute with the signed-in user. */
  static final String CALLER = Caller.class.getName();

  private static final String FORM_TOKEN = WebSessions.class.getName() + ".form";
  private static final int FORM_TOKEN_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private static final String SIGNED_IN = WebSessions.class.getName() + ".signed-in";

  private final SessionLifetimes rules;
  private final Clock clock;

  /** When the sessions of an account were ended; older than the longest session are removed. */
  private final Map<AccountName, Instant> ended = new ConcurrentHashMap<>();

  public WebSessions(SessionLifetimes rules, Clock clock) {
    this.rules = rules;
    this.clock = clock;
  }

  /**
   * Signs a user in, in a new session, so that a session identifier known before cannot be reused
   * (session fixation).
   *
   * @throws TooManySessionsException if the server has reached its maximum number of sessions
   */
  public Caller signIn(HttpServletRequest request, Identity who) {
    signOut(request);
    Instant end = clock.instant().plus(rules.life());
    Instant expires = who.expires().filter(end::isAfter).orElse(end);
    Grant grant = new Grant(who.memberOf(), Scope.ALL, Optional.empty(), expires);
    Caller caller = Caller.of(who.account(), grant, Map.of("exp", expires.getEpochSecond()));
    HttpSession session = begin(request);
    session.setMaxInactiveInterval(Math.toIntExact(rules.idle().toSeconds()));
    session.setAttribute(SIGNED_IN, clock.instant());
    session.setAttribute(CALLER, caller);
    // Created with the session, so that pages that load concurrently get the same token.
    session.setAttribute(FORM_TOKEN, randomText());
    return caller;
  }

  /**
   * Returns the session of a request, and creates it if needed.
   *
   * @throws TooManySessionsException if the server has reached its maximum number of sessions
   */
  static HttpSession begin(HttpServletRequest request) {
    try {
      return request.getSession();
    } catch (IllegalStateException e) {
      throw new TooManySessionsException(e);
    }
  }

  /** Returns the signed-in user, unless the session has expired or was ended. */
  @Override
  public Optional<Caller> caller(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session == null || !(session.getAttribute(CALLER) instanceof Caller caller)) {
      return Optional.empty();
    }
    return Optional.of(caller)
        .filter(known -> !known.expiredAt(clock.instant()) && !wasEnded(session, known));
  }

  private boolean wasEnded(HttpSession session, Caller caller) {
    Instant end = ended.get(caller.account());
    return end != null
        && (!(session.getAttribute(SIGNED_IN) instanceof Instant begin) || !begin.isAfter(end));
  }

  /** Ends all sessions of a user. Their next request is anonymous. */
  public void endAll(AccountName account) {
    Instant now = clock.instant();
    ended.values().removeIf(end -> end.plus(rules.life()).isBefore(now));
    ended.put(account, now);
  }

  /** Returns the token that forms of this session must contain; empty if nobody is signed in. */
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

  public void signOut(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
  }

  /** The server has reached its maximum number of sessions. Unused ones expire. */
  public static final class TooManySessionsException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /** Pause before another attempt to sign in. */
    public static final Duration PAUSE = Duration.ofMinutes(1);

    TooManySessionsException(IllegalStateException cause) {
      super("too many are signed in or signing in: try again later", cause);
    }
  }

  /**
   * Lifetimes of a session.
   *
   * @param idle without a request
   * @param life maximum
   */
  public record SessionLifetimes(Duration idle, Duration life) {}
}
