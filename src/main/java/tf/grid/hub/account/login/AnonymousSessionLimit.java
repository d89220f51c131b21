package tf.grid.hub.account.login;

import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Limits the number of sessions that are not signed in. A new session beyond the limit ends the
 * oldest one, so that thousands of abandoned sign-ins cannot lock other visitors out. Sessions of
 * signed-in users are not affected. Thread-safe.
 */
@WebListener
public final class AnonymousSessionLimit
    implements HttpSessionListener, HttpSessionAttributeListener {

  /** Half of the sessions that {@code payara-web.xml} allows. */
  private static final int MOST = 5_000;

  private final Map<String, HttpSession> waiting = new LinkedHashMap<>();
  private final int most;

  /** Creates the limit with the default. */
  public AnonymousSessionLimit() {
    this(MOST);
  }

  AnonymousSessionLimit(int most) {
    this.most = most;
  }

  @Override
  public void sessionCreated(HttpSessionEvent event) {
    // Outside the lock: ending a session notifies this listener again.
    enter(event.getSession()).ifPresent(AnonymousSessionLimit::end);
  }

  @Override
  public void sessionDestroyed(HttpSessionEvent event) {
    leave(event.getSession());
  }

  @Override
  public void attributeAdded(HttpSessionBindingEvent event) {
    if (event.getName().equals(WebSessions.CALLER)) {
      leave(event.getSession());
    }
  }

  private synchronized Optional<HttpSession> enter(HttpSession session) {
    waiting.put(session.getId(), session);
    if (waiting.size() <= most) {
      return Optional.empty();
    }
    Iterator<HttpSession> oldest = waiting.values().iterator();
    HttpSession gone = oldest.next();
    oldest.remove();
    return Optional.of(gone);
  }

  private synchronized void leave(HttpSession session) {
    waiting.remove(session.getId());
  }

  private static void end(HttpSession session) {
    try {
      session.invalidate();
    } catch (IllegalStateException e) {
      // The session has ended in the meantime.
    }
  }
}
