package tf.grid.hub.catalogue.postgresql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tf.grid.hub.Await;
import tf.grid.hub.FreePort;
import tf.grid.hub.catalogue.postgresql.connection.DatabaseSettings;

/**
 * A real PostgreSQL on a free port of the loopback interface. It runs as the user {@code postgres}
 * if the tests run as root, because it refuses to run as root.
 */
public final class PostgresqlServer implements AutoCloseable {
  /** What tests with it need. */
  public static final String PROGRAM = "pg_ctlcluster";

  /** The role that owns everything, and needs no password. */
  public static final String USER = "hub";

  private static PostgresqlServer shared;

  private final Path directory;
  private final int port = FreePort.next();
  private final AtomicInteger databases = new AtomicInteger();

  private PostgresqlServer(Path directory) {
    this.directory = directory;
  }

  /** The one server that all tests of a run share; it ends with the run. */
  public static synchronized PostgresqlServer shared() {
    if (shared == null) {
      shared = start();
      Runtime.getRuntime().addShutdownHook(new Thread(shared::close, "stop PostgreSQL"));
    }
    return shared;
  }

  /** A server for one test. */
  public static PostgresqlServer start() {
    try {
      PostgresqlServer server = new PostgresqlServer(Files.createTempDirectory("hub-postgresql"));
      Files.setPosixFilePermissions(server.directory, PosixFilePermissions.fromString("rwxrwxrwx"));
      server.run(
          "initdb",
          "--pgdata=" + server.data(),
          "--username=" + USER,
          "--auth=trust",
          "--encoding=UTF8",
          "--locale=C.UTF-8",
          "--no-sync");
      server.restart();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it again on the same port and data. */
  public void restart() {
    run(
        "pg_ctl",
        "start",
        "--wait",
        "--pgdata=" + data(),
        "--log=" + directory.resolve("log"),
        "--options=-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
            .formatted(port));
    Await.until("PostgreSQL answers", this::answers);
  }

  /** Ends it at once, as a crash would. */
  public void stop() {
    run("pg_ctl", "stop", "--wait", "--mode=immediate", "--pgdata=" + data());
  }

  private boolean answers() {
    try (Connection connection = settings("postgres", 1).source(1).getConnection()) {
      return connection.isValid(1);
    } catch (SQLException notYet) {
      return false;
    }
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /** The address of a database, as of the driver. */
  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** Creates a database, and returns its name. */
  public String newDatabase() throws SQLException {
    String name = "hub" + databases.incrementAndGet();
    execute("CREATE DATABASE " + name);
    return name;
  }

  /** How a catalogue reaches a database. */
  public DatabaseSettings settings(String database, int connections) {
    return new DatabaseSettings(url(database), USER, "", connections, Duration.ofMinutes(1));
  }

  /** Executes a statement that belongs to no database. */
  private void execute(String sql) throws SQLException {
    try (Connection connection = settings("postgres", 1).source(60).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Path data() {
    return directory.resolve("data");
  }

  private void run(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(program(program).toString());
    command.addAll(List.of(arguments));
    Path log = directory.resolve(program + ".log");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (process.waitFor() != 0) {
        throw new AssertionError(program + " failed: " + Files.readString(log));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Debian keeps the programs of each version out of the path. */
  private static Path program(String name) {
    try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
      return versions
          .map(version -> version.resolve("bin").resolve(name))
          .filter(Files::isExecutable)
          .max(Comparator.naturalOrder())
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops it and deletes its data. */
  @Override
  public void close() {
    try {
      stop();
    } catch (AssertionError stopped) {
      // A test stopped it before.
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
