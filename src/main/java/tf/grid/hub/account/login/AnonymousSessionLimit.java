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
 * Bounds the sessions of those who have not signed in: the oldest goes when one comes that is too
 * many, so that whoever starts thousands of sign-ins leaves room for others. Sessions of users are
 * left alone. Threads share it.
 */
@WebListener
public final class AnonymousSessionLimit
    implements HttpSessionListener, HttpSessionAttributeListener {

  /** Half of the sessions that {@code payara-web.xml} allows. */
  private static final int MOST = 5_000;

  private final Map<String, HttpSession> waiting = new LinkedHashMap<>();
  private final int most;

  /** As many as a hub has room for. */
  public AnonymousSessionLimit() {
    this(MOST);
  }

  /** So many at once. */
  AnonymousSessionLimit(int most) {
    this.most = most;
  }

  @Override
  public void sessionCreated(HttpSessionEvent event) {
    // Not while the map is locked: the end of a session is told to this listener again.
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
      // It has just ended by itself.
    }
  }
}
