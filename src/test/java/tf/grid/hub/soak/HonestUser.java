package tf.grid.hub.soak;

import static tf.grid.hub.client.RecordedExchange.json;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.client.FlistClient;
import tf.grid.hub.client.SpecCodec;
import tf.grid.hub.client.Uploader;

/**
 * A user who publishes, replaces, reads and deletes flists, and remembers what the hub has
 * acknowledged. For one thread.
 */
final class HonestUser implements Runnable {
  /** In place of a content: the name does not exist. */
  private static final int ABSENT = -1;

  private static final int NAMES = 30;
  private static final int SHARED_BYTES = 1 << 19;
  private static final int PAUSE_MILLIS = 100;

  private final String account;
  private final Figures figures;
  private final Random random;
  private final Uploader client;

  /** What each name may have: one content, or several if the last change was not answered. */
  private final Map<String, Set<Integer>> possible = new TreeMap<>();

  private volatile boolean ended;

  HonestUser(SoakHub hub, String account, Figures figures) throws IOException {
    this.account = account;
    this.figures = figures;
    this.random = new Random(account.hashCode());
    this.client = signedIn(hub, account);
  }

  /** A client with a new token of an account. */
  static Uploader signedIn(SoakHub hub, String account) throws IOException {
    return new Uploader(hub.uri("/")).with("Authorization", "bearer " + token(hub, account));
  }

  static String token(SoakHub hub, String account) throws IOException {
    HttpResponse<String> made =
        new Uploader(hub.uri("/"))
            .with("Content-Type", "application/x-www-form-urlencoded")
            .postText("/api/tokens", "user=" + account);
    return json(made.body()).asJsonObject().getJsonObject("payload").getString("token");
  }

  void end() {
    ended = true;
  }

  @Override
  public void run() {
    while (!ended) {
      String name = account + "-" + random.nextInt(NAMES);
      int choice = random.nextInt(100);
      if (choice < 25) {
        publish(name);
      } else if (choice < 30) {
        delete(name);
      } else if (choice < 50) {
        timed("listing", "/api/flist");
      } else if (choice < 70) {
        timed("flist", path(name) + ".flist");
      } else if (choice < 85) {
        timed("page", path(name) + ".flist.md");
      } else if (choice < 95) {
        timed("digest", path(name) + ".flist.md5");
      } else {
        readDuring(name);
      }
      pause();
    }
  }

  private String path(String name) {
    return "/" + account + "/" + name;
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(random.nextInt(2 * PAUSE_MILLIS));
    } catch (InterruptedException e) {
      ended = true;
    }
  }

  private void publish(String name) {
    int content = random.nextInt(1_000_000);
    Set<Integer> either = new TreeSet<>(before(name));
    either.add(content);
    possible.put(name, either);
    byte[] archive = archive(content);
    int status = outcome("upload", () -> client.put("/api/flist/me/" + name, archive).statusCode());
    settle(name, either, status, content);
  }

  private void delete(String name) {
    if (before(name).contains(ABSENT)) {
      return;
    }
    Set<Integer> either = new TreeSet<>(before(name));
    either.add(ABSENT);
    possible.put(name, either);
    int status =
        outcome("delete", () -> client.send("DELETE", "/api/flist/me/" + name).statusCode());
    settle(name, either, status, ABSENT);
  }

  private Set<Integer> before(String name) {
    return possible.getOrDefault(name, Set.of(ABSENT));
  }

  /** A refusal changes nothing; without an answer, either may be true. */
  private void settle(String name, Set<Integer> either, int status, int content) {
    if (status == 200) {
      possible.put(name, Set.of(content));
    } else if (status >= 400 && status < 500 && either.size() == 2) {
      Set<Integer> rest = new TreeSet<>(either);
      rest.remove(content);
      possible.put(name, rest);
    }
  }

  private void timed(String operation, String path) {
    outcome(operation, () -> client.download(path).statusCode());
  }

  /** A request; returns its status. */
  @FunctionalInterface
  private interface Request {
    int send() throws IOException;
  }

  /** The status, 0 if the connection failed. A missing flist is as good as any other. */
  private int outcome(String operation, Request request) {
    long start = System.nanoTime();
    try {
      int status = request.send();
      if (status == 200 || status == 404) {
        figures.succeeded(operation, System.nanoTime() - start);
      } else {
        figures.count(operation, Integer.toString(status));
      }
      return status;
    } catch (IOException e) {
      figures.count(operation, "cut off");
      return 0;
    }
  }

  private void readDuring(String name) {
    long start = System.nanoTime();
    try {
      String problem = problem(name);
      if (problem.isEmpty()) {
        figures.succeeded("read in full", System.nanoTime() - start);
      } else {
        figures.count("read in full", problem);
      }
    } catch (IOException | SQLException e) {
      figures.count("read in full", "cut off");
    }
  }

  /** The number of names that do not have what was acknowledged; says which. */
  int losses() throws IOException, SQLException {
    int losses = 0;
    for (String name : possible.keySet()) {
      String problem = problem(name);
      figures.count("at the end", problem.isEmpty() ? "as acknowledged" : problem);
      if (!problem.isEmpty()) {
        losses++;
        System.out.println("LOSS: " + account + "/" + name + ": " + problem);
      }
    }
    return losses;
  }

  /** Reads a flist with all of its content; empty if that is what was acknowledged. */
  private String problem(String name) throws IOException, SQLException {
    HttpResponse<byte[]> flist = client.download(path(name) + ".flist");
    Set<Integer> right = before(name);
    if (flist.statusCode() == 404) {
      return right.contains(ABSENT) ? "" : "lost";
    }
    if (flist.statusCode() != 200) {
      return Integer.toString(flist.statusCode());
    }
    try (FlistClient reader = new FlistClient(flist.body())) {
      byte[] found = content(reader.entries().get("/content"));
      return right.stream().anyMatch(seed -> seed >= 0 && Arrays.equals(found, content(seed)))
          ? ""
          : "other content";
    }
  }

  private byte[] content(FlistClient.Entry file) throws IOException {
    byte[] content = new byte[(int) file.size()];
    int at = 0;
    for (byte[][] block : file.blocks()) {
      String id = HexFormat.of().formatHex(block[0]);
      HttpResponse<byte[]> stored = client.download("/api/chunks/" + id);
      if (stored.statusCode() != 200) {
        throw new IOException("chunk " + id + ": " + stored.statusCode());
      }
      byte[] plain = SpecCodec.open(block[0], block[1], stored.body());
      System.arraycopy(plain, 0, content, at, plain.length);
      at += plain.length;
    }
    return content;
  }

  /** A block that many contents share, and one or two of its own. */
  private static byte[] content(int seed) {
    byte[] shared = new byte[SHARED_BYTES];
    new Random(seed % 50).nextBytes(shared);
    byte[] own = new byte[20_000 + seed];
    new Random(seed).nextBytes(own);
    byte[] content = Arrays.copyOf(shared, shared.length + own.length);
    System.arraycopy(own, 0, content, shared.length, own.length);
    return content;
  }

  private static byte[] archive(int seed) {
    return new TarBytes().file("content", content(seed)).tar();
  }
}
