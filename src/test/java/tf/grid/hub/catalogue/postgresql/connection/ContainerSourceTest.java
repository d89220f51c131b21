package tf.grid.hub.catalogue.postgresql.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.spi.InitialContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.catalogue.event.CatalogueListener;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.postgresql.PostgresqlCatalogue;
import tf.grid.hub.catalogue.postgresql.PostgresqlServer;
import tf.grid.hub.catalogue.postgresql.account.DatabaseSecrets;

/** A hub on a server that has a pool for it, here one of Hikari in a naming context. */
@NeedsPrograms(PostgresqlServer.PROGRAM)
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class ContainerSourceTest {

  private static final String NAME = "java:global/jdbc/hub";
  private static HikariDataSource pool;

  @TempDir private Path data;

  /** Knows one name. */
  public static final class OneName implements InitialContextFactory {
    @Override
    public Context getInitialContext(Hashtable<?, ?> environment) throws NamingException {
      return new InitialContext(true) {
        @Override
        public Object lookup(String name) throws NamingException {
          if (NAME.equals(name) && pool != null) {
            return pool;
          }
          throw new NameNotFoundException(name);
        }
      };
    }
  }

  @BeforeEach
  void bind() throws Exception {
    PostgresqlServer server = PostgresqlServer.shared();
    HikariConfig config = new HikariConfig();
    config.setDataSource(server.settings(server.newDatabase(), 1).source(60));
    config.setMaximumPoolSize(12);
    pool = new HikariDataSource(config);
    System.setProperty(Context.INITIAL_CONTEXT_FACTORY, OneName.class.getName());
  }

  @AfterEach
  void unbind() {
    System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
    pool.close();
    pool = null;
  }

  private static DatabaseSettings settings(String name) {
    return new DatabaseSettings("", "", "", 4, Duration.ofSeconds(5), Optional.of(name));
  }

  @Test
  void everything_is_done_over_connections_of_the_server() throws Exception {
    RepositoryName alice = new RepositoryName("alice");
    FlistName app = FlistName.parse("app");
    try (Database database = Database.open(settings(NAME));
        QuickDatabase quick = database.quick();
        PostgresqlCatalogue catalogue =
            PostgresqlCatalogue.open(
                database, data, 1 << 20, Optional.empty(), CatalogueListener.NONE)) {
      assertThat(new DatabaseSecrets(quick).get("test", () -> new byte[] {1})).containsExactly(1);
      for (int i = 0; i < 20; i++) {
        catalogue.publish(alice, app, out -> out.write("hello".getBytes(UTF_8)));
      }
      assertThat(catalogue.flists(alice).keySet()).isEqualTo(java.util.Set.of("app.flist"));
      // What is short for tokens must not be short for others.
      assertThat(List.of("lock_timeout", "statement_timeout"))
          .extracting(setting -> shown(database, setting))
          .containsExactly("20s", "0");
      assertThat(catalogue.<Boolean>whileNamesStay(() -> true)).isTrue();
      assertThat(pool.getHikariPoolMXBean().getTotalConnections()).isBetween(1, 12);
    }
    assertThat(pool.isClosed()).isFalse();
    assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
  }

  private static String shown(Database database, String setting) {
    try {
      return database.ask(
          connection -> {
            try (var statement = connection.createStatement();
                var row = statement.executeQuery("SHOW " + setting)) {
              row.next();
              return row.getString(1);
            }
          });
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void a_name_that_the_server_does_not_know_ends_the_start_at_once() {
    assertThatThrownBy(() -> Database.open(settings("java:global/jdbc/other")))
        .isInstanceOf(UnusableDatabaseException.class)
        .hasMessage(
            "java:global/jdbc/other (hub.database.jndi) cannot be used:"
                + " the server has no DataSource with this name");
  }
}
