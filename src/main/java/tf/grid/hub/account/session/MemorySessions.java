package tf.grid.hub.account.session;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tf.grid.hub.account.AccountName;

/** Sessions of one hub, which end with its process. Thread-safe. */
public final class MemorySessions implements SessionStore {

  private static final int MOST = 10_000;
  private static final int MOST_ENDED = 100_000;

  private final int most;
  private final Map<String, Kept> sessions = new HashMap<>();

  /** States of ended sign-ins and when they are forgotten, the oldest first. */
  private final Map<String, Instant> ended = new LinkedHashMap<>();

  /** A session and when it was last used. */
  private record Kept(Session session, Instant used, Duration idle) {
    boolean hasEnded(Instant now) {
      return !now.isBefore(session.expires()) || (!idle.isZero() && !now.isBefore(used.plus(idle)));
    }
  }

  /** Keeps up to 10,000 sessions: more at once are an attack. */
  public MemorySessions() {
    this(MOST);
  }

  MemorySessions(int most) {
    this.most = most;
  }

  @Override
  public synchronized void add(String digest, Session session, Instant now) {
    if (sessions.size() >= most) {
      sessions.values().removeIf(kept -> kept.hasEnded(now));
    }
    if (sessions.size() >= most) {
      throw new TooManySessionsException();
    }
    sessions.put(digest, new Kept(session, now, Duration.ZERO));
  }

  @Override
  public synchronized Optional<Session> use(String digest, Instant now, Duration idle) {
    Kept kept = sessions.get(digest);
    if (kept == null) {
      return Optional.empty();
    }
    Session session = kept.session();
    if (new Kept(session, kept.used(), idle).hasEnded(now)) {
      sessions.remove(digest);
      return Optional.empty();
    }
    sessions.put(digest, new Kept(session, now, idle));
    return Optional.of(session);
  }

  @Override
  public synchronized void remove(String digest) {
    sessions.remove(digest);
  }

  @Override
  public synchronized void removeAll(AccountName account) {
    sessions.values().removeIf(kept -> kept.session().account().equals(account));
  }

  @Override
  public synchronized boolean end(String state, Instant now, Instant forgotten) {
    Iterator<Instant> oldest = ended.values().iterator();
    while (oldest.hasNext()) {
      Instant end = oldest.next();
      if (now.isBefore(end) && ended.size() < MOST_ENDED) {
        break;
      }
      oldest.remove();
    }
    return ended.putIfAbsent(state, forgotten) == null;
  }
}
