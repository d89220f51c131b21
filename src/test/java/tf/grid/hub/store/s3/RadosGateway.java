package tf.grid.hub.store.s3;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import tf.grid.hub.Await;
import tf.grid.hub.FreePort;
import tf.grid.hub.limit.Ticker;

/**
 * A real S3 server on a free port of the loopback interface, for tests: the gateway of Ceph, with a
 * monitor and an object store that keeps everything in memory. A page of a listing has at most 100
 * objects.
 */
public final class RadosGateway implements AutoCloseable {
  /** The access key of its user. */
  public static final String KEY = "hub-test-key";

  /** The secret of the access key. */
  public static final String SECRET = "hub-test-secret";

  private final Path home;
  private final int port = FreePort.next();
  private final List<Process> processes = new ArrayList<>();
  private Process gateway;

  private RadosGateway(Path home) {
    this.home = home;
  }

  /**
   * Starts everything, and creates a user with {@link #KEY} and {@link #SECRET}.
   *
   * @param directory for its files
   */
  public static RadosGateway start(Path directory) throws IOException {
    RadosGateway server = new RadosGateway(Files.createDirectory(directory.resolve("ceph")));
    try {
      server.startCluster();
      server.startGateway();
      server.run(
          "radosgw-admin",
          "user",
          "create",
          "--uid=hub",
          "--display-name=hub",
          "--access-key=" + KEY,
          "--secret-key=" + SECRET);
      return server;
    } catch (IOException | RuntimeException | Error e) {
      server.close();
      throw e;
    }
  }

  private void startCluster() throws IOException {
    String fsid = UUID.randomUUID().toString();
    String monitors = "[v2:127.0.0.1:" + FreePort.next() + ",v1:127.0.0.1:" + FreePort.next() + "]";
    Files.writeString(home.resolve("ceph.conf"), configuration(fsid, monitors));
    String map = home.resolve("monmap").toString();
    runAlone("monmaptool", "--create", "--fsid", fsid, "--addv", "a", monitors, map);
    run("ceph-mon", "--mkfs", "-i", "a", "--monmap", map);
    processes.add(launch("ceph-mon", "-f", "-i", "a"));
    Files.createDirectory(home.resolve("osd"));
    String disk = UUID.randomUUID().toString();
    run("ceph", "osd", "new", disk);
    run("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", disk);
    processes.add(launch("ceph-osd", "-f", "-i", "0"));
    run("ceph", "osd", "crush", "add-bucket", "here", "host");
    run("ceph", "osd", "crush", "move", "here", "root=default");
    run("ceph", "osd", "crush", "add", "osd.0", "1.0", "host=here");
  }

  private String configuration(String fsid, String monitors) {
    return """
    [global]
    fsid = %1$s
    mon host = %2$s
    public addr = 127.0.0.1
    auth cluster required = none
    auth service required = none
    auth client required = none
    ms mon client mode = crc
    osd pool default size = 1
    osd pool default min size = 1
    osd pool default pg num = 1
    osd pool default pgp num = 1
    osd pool default pg autoscale mode = off
    osd crush chooseleaf type = 0
    mon allow pool size one = true
    mon data avail crit = 1
    run dir = %3$s
    admin socket =
    log file =
    pid file =
    [mon.a]
    mon data = %3$s/mon
    [osd.0]
    osd data = %3$s/osd
    osd objectstore = memstore
    memstore device bytes = 1073741824
    [client]
    keyring = %3$s/keyring
    rgw data = %3$s/rgw
    rgw frontends = beast endpoint=127.0.0.1:%4$d
    rgw max listing results = 100
    """
        .formatted(fsid, monitors, home, port);
  }

  /** Starts the gateway, also again after {@link #kill}, and waits until it answers. */
  public void startGateway() throws IOException {
    gateway = launch("radosgw", "-f", "-n", "client.admin");
    Await.until("the gateway listens or ends", () -> listens() || !gateway.isAlive());
    if (!gateway.isAlive()) {
      throw new IOException("radosgw ended: " + Files.readString(home.resolve("radosgw.log")));
    }
  }

  private boolean listens() {
    try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return probe.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Makes the gateway hang: it accepts connections but does not answer. */
  public void pause() throws IOException {
    signal("STOP");
  }

  /** Ends {@link #pause()}. */
  public void resume() throws IOException {
    signal("CONT");
  }

  private void signal(String name) throws IOException {
    runAlone("kill", "-" + name, Long.toString(gateway.pid()));
  }

  /** Ends the gateway as {@code kill -9} would; what it has stored remains. */
  public void kill() {
    end(gateway);
  }

  /** Where it listens. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Settings for a bucket that exists, or does not. */
  public S3Settings settings(String bucket, String prefix, Duration timeout) {
    return new S3Settings(
        Optional.of(endpoint()),
        Optional.empty(),
        bucket,
        prefix,
        true,
        Optional.of(new S3Settings.Credentials(KEY, SECRET)),
        32,
        timeout);
  }

  /** Creates an empty bucket. */
  public void createBucket(String name) {
    try (var client = S3Connection.open(settings(name, "", Duration.ofMinutes(1)))) {
      client.createBucket(bucket -> bucket.bucket(name));
    }
  }

  /** A store in a bucket. */
  public S3ChunkStore store(String bucket, String prefix, Duration timeout) {
    return S3ChunkStore.open(settings(bucket, prefix, timeout), Ticker.SYSTEM);
  }

  @Override
  public void close() {
    if (gateway != null) {
      end(gateway);
    }
    processes.forEach(RadosGateway::end);
  }

  private static void end(Process process) {
    process.destroyForcibly();
    Await.until("a process of Ceph ends", () -> !process.isAlive());
  }

  private Process launch(String program, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(program, "-c", home.resolve("ceph.conf").toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve(program + ".log").toFile()))
        .start();
  }

  private void run(String program, String... arguments) throws IOException {
    await(launch(program, arguments), program);
  }

  /** Runs a program that has no option for the configuration. */
  private void runAlone(String... command) throws IOException {
    await(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(home.resolve(command[0] + ".log").toFile()))
            .start(),
        command[0]);
  }

  private void await(Process process, String program) throws IOException {
    try {
      if (!process.waitFor(10, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException(
            program + " failed: " + Files.readString(home.resolve(program + ".log")));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
