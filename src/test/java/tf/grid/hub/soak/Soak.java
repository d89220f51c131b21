package tf.grid.hub.soak;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import tf.grid.hub.FreePort;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.catalogue.SmallDisk;
import tf.grid.hub.client.Uploader;
import tf.grid.hub.soak.Crowd.Kind;
import tf.grid.hub.store.redis.RedisServer;

/**
 * Honest users, attackers and failures at once, for as long as the arguments say: half of the time
 * with the embedded store on a small disk, half with Redis. Then every acknowledged flist is read
 * back in full. Fails if one is not as acknowledged, or if the hub has ended by itself.
 */
final class Soak {
  private static final int USERS = 4;
  private static final int DISK = 768 << 20;
  private static final int LARGE = 4 << 20;
  private static final int REPORTS = 6;
  private static final Duration LONGEST_REPORT = Duration.ofMinutes(10);

  private final Path directory;
  private final Duration duration;
  private final int scale;
  private final List<Thread> threads = new ArrayList<>();
  private final List<Runnable> ends = new ArrayList<>();
  private final List<HonestUser> users = new ArrayList<>();
  private final Figures figures = new Figures();
  private final Figures attacks = new Figures();

  private Soak(Path directory, Duration duration, int scale) {
    this.directory = directory;
    this.duration = duration;
    this.scale = scale;
  }

  /** Arguments: a directory, the seconds, and how many attackers there are, in hundreds. */
  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    Duration half = Duration.ofSeconds(Long.parseLong(arguments[1])).dividedBy(2);
    int scale = Integer.parseInt(arguments[2]);
    int losses = new Soak(directory.resolve("embedded"), half, scale).run(false);
    losses += new Soak(directory.resolve("redis"), half, scale).run(true);
    System.out.println(losses == 0 ? "nothing was lost" : losses + " LOSSES");
    System.exit(losses == 0 ? 0 : 1);
  }

  private int run(boolean withRedis) throws Exception {
    System.out.println("== " + directory.getFileName() + ", " + duration.toSeconds() + " s");
    Files.createDirectories(directory);
    if (withRedis) {
      Path store = Files.createDirectories(directory.resolve("redis"));
      RedisServer redis = Failures.redis(store, FreePort.next());
      Map<String, String> settings =
          Map.of(
              "HUB_STORE", "redis",
              "HUB_STORE_HOST", "127.0.0.1",
              "HUB_STORE_PORT", Integer.toString(redis.port()));
      try (SoakHub hub = new SoakHub(directory, settings)) {
        return run(hub, new Failures(hub, redis, store, figures));
      } finally {
        redis.stop();
      }
    }
    try (SmallDisk disk = SmallDisk.at(directory.resolve("data"), DISK);
        SoakHub hub = new SoakHub(directory, Map.of())) {
      System.out.println("data in " + disk.path());
      return run(hub, new Failures(hub, null, directory, figures));
    }
  }

  private int run(SoakHub hub, Failures failures) throws Exception {
    for (int i = 0; i < USERS; i++) {
      users.add(new HonestUser(hub, "user" + i, figures));
    }
    System.out.println("before the attack: " + hub.usage());
    attack(hub);
    Thread failing = begin(failures, failures::end);
    users.forEach(user -> begin(user, user::end));
    observe(hub);
    failures.end();
    failing.join();
    ends.forEach(Runnable::run);
    awaitRecovery(hub);
    for (Thread thread : threads) {
      thread.join();
    }
    int losses = failures.unexpected();
    for (HonestUser user : users) {
      losses += user.losses();
    }
    System.out.println("after the attack: " + hub.usage());
    System.out.print(figures);
    System.out.print(attacks);
    return losses;
  }

  private void attack(SoakHub hub) throws IOException {
    byte[] large = new byte[LARGE];
    new Random(1).nextBytes(large);
    Uploader mallory = HonestUser.signedIn(hub, "mallory");
    String token = HonestUser.token(hub, "mallory");
    HttpResponse<String> made =
        mallory.put("/api/flist/me/large", new TarBytes().file("noise", large).tar());
    if (made.statusCode() != 200) {
      throw new IOException(made.body());
    }
    Path users = hub.data().resolve("public/users/huge");
    Files.createDirectories(users);
    Files.write(users.resolve("huge.flist"), large);

    String signed = "\r\nHost: h\r\nAuthorization: bearer " + token + "\r\nContent-Length: ";
    String get = " HTTP/1.1\r\nHost: h\r\n\r\n";
    String kilobyte = "x".repeat(1000);
    int hundreds = 100 * scale;
    crowd(hub.port(), new Kind("readers", 5 * hundreds, "GET /huge/huge.flist" + get, "", 1500));
    crowd(
        hub.port(),
        new Kind(
            "exports", hundreds / 5, "GET /api/flist/mallory/large/archive.tar" + get, "", 500));
    crowd(
        hub.port(),
        new Kind(
            "uploads",
            hundreds / 2,
            "PUT /api/flist/me/slow HTTP/1.1" + signed + "99999999\r\n\r\nx",
            kilobyte,
            1000));
    crowd(
        hub.port(),
        new Kind(
            "chunks",
            hundreds / 2,
            "PUT /api/chunks/" + "0".repeat(32) + " HTTP/1.1" + signed + "99999\r\n\r\nx",
            "xxxxxxxxxx",
            1000));
    crowd(hub.port(), new Kind("heads", hundreds, "GET / HTTP/1.1\r\nX: ", "a", 1000));
    crowd(hub.gatewayPort(), new Kind("gateway", hundreds, "*2\r\n$3\r\nGE", "", 100));
    for (int i = 0; i < scale + 1; i++) {
      HostileUploads hostile = new HostileUploads(hub, mallory, attacks, "/huge/huge.flist");
      begin(hostile, hostile::end);
    }
  }

  private void crowd(int port, Kind kind) {
    Crowd crowd = new Crowd(kind, port, attacks);
    begin(crowd, crowd::end);
  }

  private Thread begin(Runnable work, Runnable end) {
    Thread thread = new Thread(work, work.getClass().getSimpleName());
    thread.setDaemon(true);
    thread.start();
    threads.add(thread);
    ends.add(end);
    return thread;
  }

  private void observe(SoakHub hub) throws InterruptedException {
    Duration sixth = duration.dividedBy(REPORTS);
    Duration each = sixth.compareTo(LONGEST_REPORT) > 0 ? LONGEST_REPORT : sixth;
    long start = System.nanoTime();
    for (long next = each.toNanos(); next <= duration.toNanos(); next += each.toNanos()) {
      TimeUnit.NANOSECONDS.sleep(start + next - System.nanoTime());
      System.out.println(Duration.ofNanos(next).toSeconds() + " s: " + hub.usage());
    }
  }

  private static void awaitRecovery(SoakHub hub) throws IOException {
    long start = System.nanoTime();
    Uploader visitor = HonestUser.signedIn(hub, "visitor");
    byte[] archive = new TarBytes().file("small", "content").tar();
    int status = 0;
    while (status != 200) {
      status = visitor.put("/api/flist/me/after", archive).statusCode();
    }
    long millis = (System.nanoTime() - start) / 1_000_000;
    System.out.println("the first upload after the attack: " + millis + " ms");
  }
}
