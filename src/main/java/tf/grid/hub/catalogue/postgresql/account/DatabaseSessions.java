package tf.grid.hub.catalogue.postgresql.account;

import static tf.grid.hub.catalogue.postgresql.connection.QuickDatabase.bind;
import static tf.grid.hub.catalogue.postgresql.connection.QuickDatabase.update;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.session.Session;
import tf.grid.hub.account.session.SessionStore;
import tf.grid.hub.catalogue.postgresql.connection.QuickDatabase;

/**
 * Sessions of all hubs. One that was ended at another hub is used for half a second at most.
 * Thread-safe.
 */
public final class DatabaseSessions implements SessionStore {

  /** How long a session may be used at other hubs after it was ended. */
  private static final Duration KNOWN = Duration.ofMillis(500);

  private static final int MOST_KNOWN = 10_000;

  /** Of one user; the oldest end. */
  private static final int MOST_OF_USER = 100;

  /** A use is noted when this part of the time without a request has passed. */
  private static final int NOTES = 20;

  private final QuickDatabase database;

  private final Cache<String, Session> known =
      Caffeine.newBuilder().expireAfterWrite(KNOWN).maximumSize(MOST_KNOWN).build();

  public DatabaseSessions(QuickDatabase database) {
    this.database = database;
  }

  @Override
  public void add(String digest, Session session, Instant now) {
    var unused =
        database.run(
            connection -> {
              update(
                  connection,
                  "DELETE FROM session WHERE expires <= least(?, now())",
                  Timestamp.from(now));
              update(
                  connection,
                  "DELETE FROM session WHERE account = ? AND digest NOT IN (SELECT digest FROM"
                      + " session WHERE account = ? ORDER BY used DESC LIMIT ?)",
                  session.account().value(),
                  session.account().value(),
                  MOST_OF_USER - 1);
              return update(
                  connection,
                  "INSERT INTO session (digest, account, member_of, expires, used)"
                      + " VALUES (?, ?, ?, ?, ?)",
                  digest,
                  session.account().value(),
                  session.memberOf().stream()
                      .map(AccountName::value)
                      .collect(Collectors.joining("\n")),
                  Timestamp.from(session.expires()),
                  Timestamp.from(now));
            });
  }

  @Override
  public Optional<Session> use(String digest, Instant now, Duration idle) {
    return Optional.ofNullable(known.get(digest, key -> read(key, now, idle)))
        .filter(session -> now.isBefore(session.expires()));
  }

  /** Null if it has ended. */
  private Session read(String digest, Instant now, Duration idle) {
    return database.run(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(
                  "SELECT account, member_of, expires, used FROM session"
                      + " WHERE digest = ? AND expires > ? AND used > ?")) {
            bind(query, digest, Timestamp.from(now), Timestamp.from(now.minus(idle)));
            try (ResultSet found = query.executeQuery()) {
              if (!found.next()) {
                return null;
              }
              if (found.getTimestamp(4).toInstant().isBefore(now.minus(idle.dividedBy(NOTES)))) {
                update(
                    connection,
                    "UPDATE session SET used = ? WHERE digest = ?",
                    Timestamp.from(now),
                    digest);
              }
              return new Session(
                  new AccountName(found.getString(1)),
                  names(found.getString(2)),
                  found.getTimestamp(3).toInstant());
            }
          }
        });
  }

  private static Set<AccountName> names(String lines) {
    return Stream.of(lines.split("\n", -1))
        .filter(AccountName::isValid)
        .map(AccountName::new)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void remove(String digest) {
    var unused = database.update("DELETE FROM session WHERE digest = ?", digest);
    known.invalidate(digest);
  }

  @Override
  public void removeAll(AccountName account) {
    var unused = database.update("DELETE FROM session WHERE account = ?", account.value());
    forget();
  }

  @Override
  public boolean end(String state, Instant now, Instant forgotten) {
    int added =
        database.run(
            connection -> {
              update(
                  connection,
                  "DELETE FROM ended_sign_in WHERE forgotten <= least(?, now())",
                  Timestamp.from(now));
              return update(
                  connection,
                  "INSERT INTO ended_sign_in (state, forgotten) VALUES (?, ?)"
                      + " ON CONFLICT DO NOTHING",
                  state,
                  Timestamp.from(forgotten));
            });
    return added == 1;
  }

  /** Asks again for what is known. */
  void forget() {
    known.invalidateAll();
  }
}
