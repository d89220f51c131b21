package tf.grid.hub.client.command;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tf.grid.hub.client.remote.FlistCache;
import tf.grid.hub.client.remote.HubHttp;
import tf.grid.hub.client.remote.HubLogins;
import tf.grid.hub.client.terminal.ProgressLine;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.file.FlistReader;

/** What all commands have: the hub, the output, and the user's directories. */
public abstract class HubCommand implements Callable<Integer> {
  /** The exit code of a command that found differences, or missing or damaged chunks. */
  public static final int FINDINGS = 5;

  private static final int READERS = 8;

  @Spec protected CommandSpec spec;

  @Option(
      names = "--hub",
      paramLabel = "URL",
      description = "the hub (default: $$HUB_URL, or the one of the last login)")
  protected URI hub;

  /** A flist on a hub. */
  protected record Place(String repository, String name) {
    @Override
    public String toString() {
      return repository + "/" + name;
    }
  }

  public PrintWriter out() {
    return spec.commandLine().getOut();
  }

  protected PrintWriter err() {
    return spec.commandLine().getErr();
  }

  protected ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** Standard output for bytes. */
  protected static OutputStream bytes() {
    return new FileOutputStream(FileDescriptor.out);
  }

  /** Threads that fetch chunks. */
  protected static ExecutorService readers() {
    return Executors.newFixedThreadPool(
        READERS,
        work -> {
          Thread thread = new Thread(work, "chunk-reader");
          thread.setDaemon(true);
          return thread;
        });
  }

  /** Progress goes to the terminal only. */
  protected ProgressLine progress(String verb) {
    return new ProgressLine(err(), terminal().isPresent(), verb);
  }

  /** Java 17 has no other test; later versions need the system property jdk.console=java.base. */
  @SuppressWarnings("SystemConsoleNull")
  protected static Optional<Console> terminal() {
    return Optional.ofNullable(System.console());
  }

  protected static Path directory(String variable, String fallback) {
    return variable(variable).orElseGet(() -> home().resolve(fallback)).resolve("zero-os-hub");
  }

  /**
   * The home directory as other programs find it. Java asks the user database instead, which does
   * not have the users of many containers.
   */
  protected static Path home() {
    return variable("HOME").orElseGet(() -> Path.of(System.getProperty("user.home")));
  }

  private static Optional<Path> variable(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(set -> !set.isEmpty()).map(Path::of);
  }

  protected static Path cache() {
    return directory("XDG_CACHE_HOME", ".cache");
  }

  protected HubLogins logins() throws IOException {
    return HubLogins.in(directory("XDG_CONFIG_HOME", ".config"));
  }

  /** The address of a hub without a slash at its end. */
  protected URI address(String text) {
    URI uri;
    try {
      uri = URI.create(text.replaceAll("/+$", ""));
    } catch (IllegalArgumentException e) {
      throw usage("'" + text + "' is not an address");
    }
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http || uri.getHost() == null || uri.getRawQuery() != null) {
      throw usage("'" + text + "' is not the address of a hub, such as https://hub.example");
    }
    return uri;
  }

  /** The hub of this command. */
  public HubHttp http() throws IOException {
    HubLogins logins = logins();
    String set = System.getenv("HUB_URL");
    Optional<URI> chosen = Optional.ofNullable(hub).map(uri -> address(uri.toString()));
    if (chosen.isEmpty() && set != null && !set.isEmpty()) {
      chosen = Optional.of(address(set));
    }
    URI uri =
        chosen
            .or(logins::current)
            .orElseThrow(
                () -> usage("which hub? Log in with 'hub-client login URL', or add --hub URL"));
    String token = System.getenv("HUB_TOKEN");
    return new HubHttp(
        uri, token == null || token.isEmpty() ? logins.token(uri) : Optional.of(token));
  }

  /** Splits {@code repository/name}. */
  protected Place place(String text) {
    int slash = text.indexOf('/');
    if (slash < 1 || slash == text.length() - 1 || text.indexOf('/', slash + 1) >= 0) {
      throw usage("'" + text + "' is not a flist, which is written as repository/name");
    }
    return new Place(text.substring(0, slash), text.substring(slash + 1));
  }

  /** The file of a flist, which is a local file if that exists, else one on the hub. */
  protected Path flistFile(String text) throws IOException {
    Path local = Path.of(text);
    if (java.nio.file.Files.isRegularFile(local)) {
      return local;
    }
    if (text.startsWith(".") || text.startsWith("/")) {
      throw new java.nio.file.NoSuchFileException(text);
    }
    Place place = place(text);
    return new FlistCache(cache().resolve("flists")).get(http(), place.repository(), place.name());
  }

  /** Opens a flist, which is a local file if that exists, else one on the hub. */
  protected FlistReader flist(String text) throws IOException {
    return FlistReader.open(
        flistFile(text), Path.of(System.getProperty("java.io.tmpdir")), FlistLimits.DEFAULT);
  }
}
