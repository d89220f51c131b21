package tf.grid.hub.catalogue.contents;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import tf.grid.hub.catalogue.digest.ContentVersion;
import tf.grid.hub.catalogue.digest.SingleFlight;
import tf.grid.hub.http.file.OpenFile;
import tf.grid.hub.http.file.SpooledBody;
import tf.grid.hub.limit.ReadLimit;
import tf.grid.hub.limit.TryAgainLaterException;

/**
 * Temporary files for large responses, shared by concurrent readers of the same flist and deleted
 * after the last one. Thread-safe.
 */
final class Spools {
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final Map<ContentVersion, Spool> spools = new HashMap<>();
  private final SingleFlight<ContentVersion, Path> filling = new SingleFlight<>();
  private final Path workDir;
  private final int most;

  /**
   * Creates an instance with its dependencies.
   *
   * @param most maximum number of files at a time
   */
  Spools(Path workDir, int most) {
    this.workDir = workDir;
    this.most = most;
  }

  @FunctionalInterface
  interface Source {

    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Returns an answer, which is made unless somebody is reading the same.
   *
   * @param state of the flist that the answer is about
   * @throws TryAgainLaterException if too many others are kept; nothing is written then
   */
  SpooledBody open(ContentVersion state, Source source) throws IOException {
    Spool spool = enter(state);
    try {
      FileChannel file = FileChannel.open(filling.get(state, () -> filled(spool, source)));
      return new SpooledBody(new OpenFile(file), file.size(), () -> leave(state, spool));
    } catch (IOException | RuntimeException e) {
      leave(state, spool);
      throw e;
    }
  }

  /** Only one thread at a time calls this for a version. */
  private static Path filled(Spool spool, Source source) throws IOException {
    if (!spool.full) {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(spool.file))) {
        source.writeTo(out);
      }
      spool.full = true;
    }
    return spool.file;
  }

  private synchronized Spool enter(ContentVersion state) throws IOException {
    Spool spool = spools.get(state);
    if (spool == null) {
      if (spools.size() == most) {
        throw ReadLimit.busy(PAUSE);
      }
      spool = new Spool(Files.createTempFile(workDir, ".tmp-entries-", ".json"));
      spools.put(state, spool);
    }
    spool.readers++;
    return spool;
  }

  private synchronized void leave(ContentVersion state, Spool spool) throws IOException {
    spool.readers--;
    if (spool.readers == 0) {
      spools.remove(state);
      Files.delete(spool.file);
    }
  }

  private static final class Spool {
    private final Path file;
    private int readers;
    private volatile boolean full;

    Spool(Path file) {
      this.file = file;
    }
  }
}
