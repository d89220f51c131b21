package tf.grid.hub.catalogue.digest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The MD5 digests of files, each computed once for each state of a file and remembered across
 * restarts. Threads may share it.
 */
public final class Md5Cache implements Closeable {

  /** About 20 MB of memory; a hub that has more flists computes the least asked ones again. */
  static final int CAPACITY = 100_000;

  /**
   * How long a file has to be left alone before its digest is remembered: within one tick of the
   * file system's clock, a second write would leave no trace in the identity.
   */
  private static final long SETTLED_NANOS = Duration.ofSeconds(1).toNanos();

  private static final int ATTEMPTS = 5;

  private final Cache<FileIdentity, String> known =
      Caffeine.newBuilder().maximumSize(CAPACITY).build();
  private final SingleFlight<FileIdentity, String> running = new SingleFlight<>();
  private final Md5Log log;
  private final FileOpener opener;
  private final Clock clock;

  /**
   * Digests remembered in a log.
   *
   * @param log the file to keep them in; made when missing
   * @throws IOException if the log cannot be written
   */
  public static Md5Cache rememberedIn(Path log, Clock clock) throws IOException {
    return new Md5Cache(log, path -> Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS), clock);
  }

  Md5Cache(Path log, FileOpener opener, Clock clock) throws IOException {
    this.log = Md5Log.open(log, CAPACITY, found -> known.put(found.identity(), found.md5()));
    this.opener = opener;
    this.clock = clock;
  }

  /** The digest of a file in this state, if it is remembered: nothing is read. */
  public Optional<String> known(FileIdentity identity) {
    return Optional.ofNullable(known.getIfPresent(identity));
  }

  /**
   * The digest of a file, which is read only if this state of it was not seen before.
   *
   * @param file its path; a symbolic link is refused
   * @return 32 hexadecimal digits and the state of the file that they belong to
   * @throws IOException if it cannot be read, or is written to all the time
   */
  public Fingerprint of(Path file) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      FileIdentity before = FileIdentity.of(file);
      String md5 = known.getIfPresent(before);
      if (md5 != null) {
        return new Fingerprint(before, md5);
      }
      md5 = running.get(before, () -> compute(file));
      if (before.equals(FileIdentity.of(file))) {
        remember(new Fingerprint(before, md5));
        return new Fingerprint(before, md5);
      }
    }
    throw new IOException("tried to read " + file.getFileName() + " but it kept changing");
  }

  /** Keeps a digest, unless the file changed so lately that it could change again unseen. */
  private void remember(Fingerprint found) {
    long now = TimeUnit.MILLISECONDS.toNanos(clock.millis());
    if (now - found.identity().changedNanos() > SETTLED_NANOS) {
      keep(found);
    }
  }

  /** Keeps a digest of a file that nobody writes to any more. */
  public void keep(Fingerprint found) {
    known.put(found.identity(), found.md5());
    log.append(found);
  }

  private String compute(Path file) throws IOException {
    MessageDigest digest = newDigest();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = opener.open(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** A fresh MD5. */
  public static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  @Override
  public void close() throws IOException {
    log.close();
  }

  /** Opens a file to read it from its beginning. */
  @FunctionalInterface
  interface FileOpener {
    InputStream open(Path file) throws IOException;
  }
}
