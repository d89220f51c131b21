package tf.grid.hub.wiring.config.catalogue;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import tf.grid.hub.catalogue.postgresql.connection.DatabaseSettings;
import tf.grid.hub.wiring.property.Secret;
import tf.grid.hub.wiring.property.SettingException;
import tf.grid.hub.wiring.property.Settings;

/**
 * Where the names of flists are.
 *
 * @param kind kind of catalogue
 * @param url of the database, as of its driver; empty without one
 * @param jndi name of a DataSource of the server to be used instead
 * @param user name of the role in the database
 * @param password of the role
 * @param connections to the database, for changes at the same time
 * @param cacheBytes of flists that are kept in files
 */
public record CatalogueSettings(
    Kind kind,
    String url,
    Optional<String> jndi,
    String user,
    Optional<Secret> password,
    int connections,
    long cacheBytes) {

  private static final String CATALOGUE = "hub.catalogue";
  private static final String JNDI = "hub.database.jndi";
  private static final String URL = "hub.database.url";
  private static final String PREFIX = "jdbc:postgresql:";
  private static final Pattern PASSWORD = Pattern.compile("(?i)[?&](ssl)?password=");
  private static final long GIB = 1L << 30;

  /** How long a hub that starts waits for the database. */
  private static final Duration STARTUP = Duration.ofMinutes(1);

  /** What works on the files of a directory. */
  private static final String LINKS = "hub.public-links";

  /** Kinds of catalogues. */
  public enum Kind {
    /** In the public directory, for one hub. */
    DIRECTORY,
    /** In a database, for several hubs. */
    POSTGRESQL
  }

  /**
   * Reads and checks the settings.
   *
   * @param remoteStore whether other hubs can reach the chunk store
   */
  public static CatalogueSettings from(Settings settings, boolean remoteStore) {
    CatalogueSettings read =
        new CatalogueSettings(
            settings.choice(CATALOGUE, Kind.class, Kind.DIRECTORY),
            settings.text(URL).orElse(""),
            settings.text(JNDI),
            settings.text("hub.database.user").orElse("hub"),
            settings.secret("hub.database.password"),
            (int) settings.count("hub.database.connections", 8, 1, 100),
            settings.bytes("hub.database.cache-bytes", GIB));
    if (!read.url().isEmpty() && !read.url().startsWith(PREFIX)) {
      throw SettingException.of(URL, read.url(), "an address that begins with " + PREFIX + "//");
    }
    if (PASSWORD.matcher(read.url()).find()) {
      throw SettingException.of(
          URL, "…password=…", "without a password: use hub.database.password");
    }
    if (read.kind() == Kind.POSTGRESQL) {
      read.check(settings, remoteStore);
    }
    return read;
  }

  private void check(Settings settings, boolean remoteStore) {
    if (!hasDatabase()) {
      throw SettingException.of(
          URL, "", "set if " + CATALOGUE + " is postgresql and there is no " + JNDI);
    }
    if (!remoteStore) {
      throw SettingException.of(
          CATALOGUE,
          "postgresql",
          "directory if hub.store is embedded, which other hubs cannot reach");
    }
    settings
        .text(LINKS)
        .ifPresent(
            value -> {
              throw SettingException.of(LINKS, value, "empty if " + CATALOGUE + " is postgresql");
            });
  }

  /** Whether a database is configured, for names or to move them. */
  public boolean hasDatabase() {
    return !url.isEmpty() || jndi.isPresent();
  }

  /** How to reach the database. */
  public DatabaseSettings database() {
    return new DatabaseSettings(
        url, user, password.map(Secret::reveal).orElse(""), connections, STARTUP, jndi);
  }

  /** Whether the names are in the public directory. */
  public boolean isDirectory() {
    return kind == Kind.DIRECTORY;
  }
}
