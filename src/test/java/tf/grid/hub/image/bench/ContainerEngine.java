package tf.grid.hub.image.bench;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tf.grid.hub.Await;

/** A real container engine with its own socket and nothing in it; needs root. */
public final class ContainerEngine implements AutoCloseable {
  private final Path directory;
  private final Process process;

  private ContainerEngine(Path directory, Process process) {
    this.directory = directory;
    this.process = process;
  }

  /** Starts Docker. */
  public static ContainerEngine docker() throws IOException {
    // Overlay would need a file system that is no overlay itself.
    return docker("vfs");
  }

  /**
   * Starts Docker with a storage driver that does not copy an image for each layer, if possible.
   */
  public static ContainerEngine dockerForBuilds() throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    return docker(Files.getFileStore(temporary).type().equals("ext4") ? "overlay2" : "vfs");
  }

  private static ContainerEngine docker(String storage) throws IOException {
    Path directory = Files.createTempDirectory("dockerd");
    Path configuration = Files.writeString(directory.resolve("daemon.json"), "{}");
    return start(
        directory,
        List.of(
            "dockerd",
            "--config-file=" + configuration,
            "--host=" + host(directory),
            "--data-root=" + directory.resolve("data"),
            "--exec-root=" + directory.resolve("exec"),
            "--pidfile=" + directory.resolve("pid"),
            "--storage-driver=" + storage,
            "--bridge=none",
            "--iptables=false",
            "--ip6tables=false",
            "--ip-forward=false",
            "--ip-masq=false"));
  }

  /** Starts Podman, which may use these registries without TLS. */
  public static ContainerEngine podman(String... registries) throws IOException {
    StringBuilder insecure = new StringBuilder();
    for (String registry : registries) {
      insecure.append("[[registry]]\nlocation = \"%s\"\ninsecure = true\n".formatted(registry));
    }
    return podmanWith(insecure.toString());
  }

  /** Starts Podman, which asks one registry, without TLS, when images of another are wanted. */
  public static ContainerEngine podmanWithMirror(String wanted, String asked) throws IOException {
    return podmanWith(
        "[[registry]]\nprefix = \"%s\"\nlocation = \"%s\"\ninsecure = true\n"
            .formatted(wanted, asked));
  }

  private static ContainerEngine podmanWith(String registries) throws IOException {
    Path directory = Files.createTempDirectory("podman");
    Files.writeString(directory.resolve("registries.conf"), registries);
    return start(
        directory,
        List.of(
            "env",
            "CONTAINERS_REGISTRIES_CONF=" + directory.resolve("registries.conf"),
            "podman",
            "--root=" + directory.resolve("data"),
            "--runroot=" + directory.resolve("run"),
            "--storage-driver=vfs",
            "--cgroup-manager=cgroupfs",
            "--events-backend=file",
            "system",
            "service",
            "--time=0",
            host(directory).toString()));
  }

  private static ContainerEngine start(Path directory, List<String> command) throws IOException {
    Path log = directory.resolve("log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    ContainerEngine engine = new ContainerEngine(directory, process);
    Await.until("the engine answers or ends", () -> engine.answers() || !process.isAlive());
    if (!process.isAlive()) {
      String said = Files.readString(log);
      engine.close();
      throw new AssertionError(command.get(0) + " does not start: " + said);
    }
    return engine;
  }

  private boolean answers() throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(directory.resolve("socket")));
    } catch (IOException e) {
      return false;
    }
  }

  private static URI host(Path directory) {
    return URI.create("unix://" + directory.resolve("socket"));
  }

  /** Where it listens. */
  public URI host() {
    return host(directory);
  }

  /** What the engine answers to a GET request of its API. */
  public String get(String path) {
    return send("GET", path);
  }

  /** What the engine answers to a POST request without body. */
  public String post(String path) {
    return send("POST", path);
  }

  /** What the engine answers to a DELETE request. */
  public String delete(String path) {
    return send("DELETE", path);
  }

  /** Loads an archive of images. */
  public void load(Path archive) {
    String said =
        Program.run(
            "curl",
            "-sS",
            "--fail-with-body",
            "-X",
            "POST",
            "-T",
            archive.toString(),
            "--unix-socket",
            socket(),
            "http://x/images/load?quiet=1");
    if (!said.contains("Loaded image")) {
      throw new AssertionError(said);
    }
  }

  /** Runs an image to its end, without a network; gives what it printed to its terminal. */
  public String run(String image) {
    String container = "/containers/" + image.replaceAll("[^a-z]", "-");
    Program.run(
        "curl",
        "-sS",
        "--fail-with-body",
        "-H",
        "Content-Type: application/json",
        "-d",
        "{\"Image\": \""
            + image
            + "\", \"Tty\": true, \"HostConfig\": {\"NetworkMode\": \"none\"}}",
        "--unix-socket",
        socket(),
        "http://x/containers/create?name=" + container.substring("/containers/".length()));
    try {
      post(container + "/start");
      post(container + "/wait");
      return get(container + "/logs?stdout=1&stderr=1");
    } finally {
      delete(container + "?force=1&v=1");
    }
  }

  private String socket() {
    return directory.resolve("socket").toString();
  }

  private String send(String method, String path) {
    return Program.run("curl", "-sS", "-X", method, "--unix-socket", socket(), "http://x" + path);
  }

  @Override
  public void close() throws IOException {
    Program.stop(process);
    Leftovers.unmount(directory);
    Leftovers.remove(directory);
  }
}
