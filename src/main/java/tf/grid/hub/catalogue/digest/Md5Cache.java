package tf.grid.hub.catalogue.digest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** MD5 digests of files, computed once per version and kept across restarts. Thread-safe. */
public final class Md5Cache implements Closeable {

  /**
   * About 20 MB of memory. With more flists, the least recently used digests are computed again.
   */
  static final int CAPACITY = 100_000;

  /**
   * Minimum age of a file before its digest is cached: a second write within one tick of the file
   * system clock would not change the identity.
   */
  private static final long SETTLED_NANOS = Duration.ofSeconds(1).toNanos();

  private static final int ATTEMPTS = 5;
  private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");

  private final Cache<ContentVersion, String> known =
      Caffeine.newBuilder().maximumSize(CAPACITY).recordStats().build();
  private final SingleFlight<ContentVersion, Optional<Fingerprint>> running = new SingleFlight<>();
  private final VersionLog log;
  private final FileOpener opener;
  private final Clock clock;

  /**
   * Opens a cache with a log.
   *
   * @param log the file; created if necessary
   * @throws IOException if the log cannot be written
   */
  public static Md5Cache rememberedIn(Path log, Clock clock) throws IOException {
    return new Md5Cache(log, file -> Channels.newInputStream(file.open()), clock);
  }

  Md5Cache(Path log, FileOpener opener, Clock clock) throws IOException {
    this.log = VersionLog.open(log, CAPACITY, MD5, known::put);
    this.opener = opener;
    this.clock = clock;
  }

  /** Returns the digest of this version if it is cached; reads nothing. */
  public Optional<String> known(ContentVersion identity) {
    return identity.md5().or(() -> Optional.ofNullable(known.getIfPresent(identity)));
  }

  /**
   * Returns the digest of a file and reads the file only if its version is not cached.
   *
   * @param file a symbolic link is rejected
   * @return the digest and the version that it belongs to
   * @throws IOException if the file cannot be read, or changes all the time
   */
  public Fingerprint of(FlistFile file) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      ContentVersion before = file.version();
      Optional<String> kept = known(before);
      if (kept.isPresent()) {
        return new Fingerprint(before, kept.get());
      }
      Optional<Fingerprint> read = running.get(before, () -> read(file, before));
      if (read.isPresent()) {
        return read.get();
      }
    }
    throw new IOException("tried to read " + file.path().getFileName() + " but it kept changing");
  }

  /** Reads a file, unless another thread has just done so; nothing if it changes meanwhile. */
  private Optional<Fingerprint> read(FlistFile file, ContentVersion before) throws IOException {
    String kept = known.asMap().get(before);
    if (kept != null) {
      return Optional.of(new Fingerprint(before, kept));
    }
    Fingerprint found = new Fingerprint(before, compute(file));
    if (!before.equals(file.version())) {
      return Optional.empty();
    }
    remember(found);
    return Optional.of(found);
  }

  /** Caches a digest, unless the file is so new that it could change without a new identity. */
  private void remember(Fingerprint found) {
    long now = TimeUnit.MILLISECONDS.toNanos(clock.millis());
    if (found.identity() instanceof FileIdentity file
        && now - file.changedNanos() > SETTLED_NANOS) {
      keep(found);
    }
  }

  /** Caches the digest of a file that will not be modified any more. */
  public void keep(Fingerprint found) {
    known.put(found.identity(), found.md5());
    log.append(found.identity(), found.md5());
  }

  /** Hits and misses since the start. */
  public CacheStats stats() {
    return known.stats();
  }

  private String compute(FlistFile file) throws IOException {
    MessageDigest digest = newDigest();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = opener.open(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

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

  @FunctionalInterface
  interface FileOpener {
    InputStream open(FlistFile file) throws IOException;
  }
}
