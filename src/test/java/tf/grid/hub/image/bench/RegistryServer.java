package tf.grid.hub.image.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tf.grid.hub.Await;

/** A real registry on a free port of the loopback interface. */
public final class RegistryServer implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+)");
  private static final String REDIRECTING = "middleware:\n";

  private final Path directory;
  private final boolean owner;
  private final String access;
  private final Process process;
  private final int port;

  private RegistryServer(Path directory, boolean owner, String access, Process process, int port) {
    this.directory = directory;
    this.owner = owner;
    this.access = access;
    this.process = process;
    this.port = port;
  }

  /** Starts a registry that everyone may use. */
  public static RegistryServer plain() throws IOException {
    return start(Files.createTempDirectory("registry"), "", "");
  }

  /** Starts a registry for one user, whose password is asked for. */
  public static RegistryServer withPassword(String user, String password) throws IOException {
    Path directory = Files.createTempDirectory("registry");
    return start(directory, "", users(directory, user, password));
  }

  /** Starts a registry that wants the tokens of a server. */
  public static RegistryServer withTokens(TokenServer tokens) throws IOException {
    return start(
        Files.createTempDirectory("registry"),
        "",
        "auth:\n  token: {realm: '%s', service: bench, issuer: bench, rootcertbundle: %s}\n"
            .formatted(tokens.realm(), tokens.certificate()));
  }

  /** Starts a registry that speaks TLS. */
  public static RegistryServer withTls(TlsFiles tls) throws IOException {
    return start(Files.createTempDirectory("registry"), tls(tls), "");
  }

  /**
   * Starts a second registry with the same images and users that redirects requests for layers
   * elsewhere.
   *
   * @param target where to, such as {@code http://127.0.0.1:1234}
   */
  public RegistryServer redirectingTo(String target) throws IOException {
    return start(
        directory,
        "",
        access
            + REDIRECTING
            + "  storage:\n    - name: redirect\n      options: {baseurl: '"
            + target
            + "/'}\n");
  }

  /** Starts a registry that speaks TLS, for one user, whose password is asked for. */
  public static RegistryServer withTlsAndPassword(TlsFiles tls, String user, String password)
      throws IOException {
    Path directory = Files.createTempDirectory("registry");
    return start(directory, tls(tls), users(directory, user, password));
  }

  private static String tls(TlsFiles tls) {
    return "  tls: {certificate: %s, key: %s}\n".formatted(tls.certificate(), tls.key());
  }

  private static String users(Path directory, String user, String password) throws IOException {
    Path users = directory.resolve("users");
    Files.writeString(users, user + ":" + Bcrypt.hash(password) + "\n");
    return "auth:\n  htpasswd: {realm: bench, path: " + users + "}\n";
  }

  private static RegistryServer start(Path directory, String http, String more) throws IOException {
    Path configuration = Files.createTempFile(directory, "registry", ".yml");
    Files.writeString(
        configuration,
        """
        version: 0.1
        log: {level: info, formatter: text}
        storage:
          filesystem: {rootdirectory: %s}
          delete: {enabled: true}
        http:
          addr: "127.0.0.1:0"
        %s%s\
        """
            .formatted(directory.resolve("images"), http, more));
    Path log = Files.createTempFile(directory, "registry", ".log");
    Process process =
        new ProcessBuilder("docker-registry", "serve", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean owner = !more.contains(REDIRECTING);
    return new RegistryServer(directory, owner, more, process, port(process, log));
  }

  private static int port(Process process, Path log) throws IOException {
    Await.until(
        "docker-registry listens or ends",
        () -> LISTENING.matcher(Files.readString(log, UTF_8)).find() || !process.isAlive());
    String said = Files.readString(log, UTF_8);
    Matcher listening = LISTENING.matcher(said);
    assertThat(listening.find()).as("docker-registry starts: %s", said).isTrue();
    return Integer.parseInt(listening.group(1));
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /** Its host and port, as references begin. */
  public String name() {
    return "127.0.0.1:" + port;
  }

  /** Where it keeps its images, for tests that damage them. */
  public Path images() {
    return directory.resolve("images");
  }

  /** The file of a blob. */
  public Path blob(String hex) {
    return images()
        .resolve("docker/registry/v2/blobs/sha256/" + hex.substring(0, 2) + "/" + hex + "/data");
  }

  /**
   * Stores an image under a name.
   *
   * @param source as skopeo names it, such as {@code oci:/directory}
   * @param options of skopeo's copy
   * @return the reference of the stored image
   */
  public String push(String source, String name, String... options) {
    String reference = name() + "/" + name;
    Program.run(
        Stream.of(
                List.of("skopeo", "copy", "--insecure-policy", "--quiet"),
                List.of("--dest-tls-verify=false"),
                List.of(options),
                List.of(source, "docker://" + reference))
            .flatMap(List::stream)
            .toList());
    return reference;
  }

  @Override
  public void close() throws IOException {
    Program.stop(process);
    if (owner) {
      Leftovers.remove(directory);
    }
  }
}
