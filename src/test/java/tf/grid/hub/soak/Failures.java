package tf.grid.hub.soak;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import tf.grid.hub.client.Uploader;
import tf.grid.hub.store.redis.RedisServer;

/**
 * What happens to a hub and its surroundings, one thing after another: {@code kill -9}, a time
 * without CPU, a full disk, a chunk store that is away, and collections. For one thread.
 */
final class Failures implements Runnable {
  private static final int LONGEST_PAUSE_MILLIS = 20_000;
  private static final int LONGEST_FAILURE_MILLIS = 10_000;

  private final SoakHub hub;
  private final Figures figures;
  private final Uploader administrator;
  private final List<Failure> kinds;
  private final Path redisDirectory;
  private final Random random = new Random(11);
  private RedisServer redis;
  private int unexpected;
  private volatile boolean ended;

  /** Something that fails, and is repaired before this returns. */
  @FunctionalInterface
  private interface Failure {
    /** Lets it fail. */
    void happen() throws IOException, InterruptedException;
  }

  /**
   * Failures of a hub with the embedded store, or with Redis.
   *
   * @param redis null with the embedded store, whose disk is filled then
   */
  Failures(SoakHub hub, RedisServer redis, Path redisDirectory, Figures figures)
      throws IOException {
    this.hub = hub;
    this.redis = redis;
    this.redisDirectory = redisDirectory;
    this.figures = figures;
    this.administrator = HonestUser.signedIn(hub, SoakHub.ADMINISTRATOR);
    this.kinds =
        redis == null
            ? List.of(this::kill, this::kill, this::freeze, this::fillDisk, this::collect)
            : List.of(this::kill, this::freeze, this::stopStore, this::pauseStore);
  }

  static RedisServer redis(Path directory, int port) throws IOException {
    return RedisServer.startOn(port, directory, "--appendonly", "yes", "--appendfsync", "always");
  }

  void end() {
    ended = true;
  }

  /** How often the hub has ended by itself. Read after the thread has ended. */
  int unexpected() {
    return unexpected;
  }

  @Override
  public void run() {
    try {
      while (!ended) {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
        kinds.get(random.nextInt(kinds.size())).happen();
        if (!hub.isAlive()) {
          figures.count("failure", "the hub ended by itself");
          unexpected++;
          hub.start();
        }
      }
    } catch (InterruptedException e) {
      ended = true;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void kill() throws IOException, InterruptedException {
    hub.kill();
    figures.count("failure", "kill -9");
    hub.start();
  }

  private void freeze() throws IOException, InterruptedException {
    figures.count("failure", "SIGSTOP");
    hub.freeze();
    last();
    hub.thaw();
  }

  private void fillDisk() throws IOException, InterruptedException {
    figures.count("failure", "full disk");
    Path filling = hub.data().resolve("filling");
    byte[] zeros = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(filling)) {
      while (!ended) {
        out.write(zeros);
      }
    } catch (IOException full) {
      last();
    } finally {
      Files.deleteIfExists(filling);
    }
  }

  private void stopStore() throws IOException, InterruptedException {
    figures.count("failure", "store away");
    redis.stop();
    last();
    redis = redis(redisDirectory, redis.port());
  }

  private void pauseStore() throws IOException, InterruptedException {
    figures.count("failure", "store hangs");
    redis.pause();
    last();
    redis.resume();
  }

  private void collect() {
    try {
      int status = administrator.send("POST", "/api/admin/gc").statusCode();
      figures.count("collection", Integer.toString(status));
    } catch (IOException e) {
      figures.count("collection", "cut off");
    }
  }

  private void last() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_FAILURE_MILLIS));
  }
}
