package tf.grid.hub.catalogue.postgresql;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import tf.grid.hub.catalogue.digest.SingleFlight;
import tf.grid.hub.catalogue.postgresql.connection.Database;
import tf.grid.hub.limit.TryAgainLaterException;
import tf.grid.hub.store.DiskFull;

/**
 * Copies of flists that were read or published lately, in files named by SHA-256. Files that are
 * open stay readable when they are removed. Thread-safe.
 */
final class FlistCache {

  private static final System.Logger LOG = System.getLogger(FlistCache.class.getName());

  private static final Duration PAUSE = Duration.ofSeconds(60);
  private static final float LOAD = 0.75f;

  private final Path directory;
  private final long mostBytes;
  private final Database database;
  private final SingleFlight<String, Boolean> fetching = new SingleFlight<>();

  /** Sizes by digest; the first was not used for the longest time. */
  private final Map<String, Long> sizes = new LinkedHashMap<>(16, LOAD, true);

  private long bytes;

  /**
   * Begins with no files.
   *
   * @param directory belongs to this cache alone; its files are deleted, because after a power
   *     failure they need not be whole
   * @param mostBytes larger flists are not kept
   */
  FlistCache(Path directory, long mostBytes, Database database) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.mostBytes = mostBytes;
    this.database = database;
    try (DirectoryStream<Path> old = Files.newDirectoryStream(directory)) {
      for (Path file : old) {
        Files.delete(file);
      }
    }
  }

  Path directory() {
    return directory;
  }

  /** Starts a file on the disk of the cache. */
  NewFlist newFile() throws IOException {
    return new NewFlist(directory);
  }

  /**
   * Opens a flist, which is fetched if necessary.
   *
   * @throws NoSuchFileException if it was deleted and is in no cache
   * @throws TryAgainLaterException if the disk is full
   */
  FileChannel open(DatabaseVersion version) throws IOException {
    Optional<FileChannel> kept = openKept(version.sha256());
    if (kept.isPresent()) {
      return kept.get();
    }
    AtomicReference<FileChannel> own = new AtomicReference<>();
    boolean unused =
        fetching.get(
            version.term(),
            () -> {
              own.set(fetch(version));
              return true;
            });
    if (own.get() != null) {
      return own.get();
    }
    kept = openKept(version.sha256());
    // It may have been removed since, or not been kept.
    return kept.isPresent() ? kept.get() : fetch(version);
  }

  private synchronized Optional<FileChannel> openKept(String sha256) throws IOException {
    if (sizes.get(sha256) == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(FileChannel.open(directory.resolve(sha256), StandardOpenOption.READ));
    } catch (NoSuchFileException removedByHand) {
      bytes -= sizes.remove(sha256);
      return Optional.empty();
    }
  }

  /** Opens a new copy, which is kept if there is room. */
  private FileChannel fetch(DatabaseVersion version) throws IOException {
    try {
      return fetchToDisk(version);
    } catch (IOException e) {
      if (!DiskFull.explains(e, directory, version.size())) {
        throw e;
      }
    }
    clear();
    try {
      return fetchToDisk(version);
    } catch (IOException e) {
      if (!DiskFull.explains(e, directory, version.size())) {
        throw e;
      }
      LOG.log(Level.WARNING, "no room in {0} for a copy of a flist: {1}", directory, e.toString());
      throw new TryAgainLaterException(
          503, PAUSE, "the disk of this hub is full: it has no room to read this flist");
    }
  }

  private FileChannel fetchToDisk(DatabaseVersion version) throws IOException {
    try (NewFlist file = newFile()) {
      database.<Void>ask(
          connection -> {
            FlistRows.read(connection, version, file);
            return null;
          });
      file.complete();
      if (!file.sha256().equals(version.sha256())) {
        throw new IOException("flist " + version.term() + " in the database is damaged");
      }
      FileChannel open = FileChannel.open(file.path(), StandardOpenOption.READ);
      try {
        keep(file);
        return open;
      } catch (IOException | RuntimeException e) {
        open.close();
        throw e;
      }
    }
  }

  /** Gives back the room of all copies. */
  private synchronized void clear() throws IOException {
    for (String sha256 : sizes.keySet()) {
      Files.deleteIfExists(directory.resolve(sha256));
    }
    sizes.clear();
    bytes = 0;
  }

  /**
   * Keeps a complete file, which is moved, and removes others that were not used lately. One that
   * is larger than the cache is not kept.
   */
  synchronized void keep(NewFlist file) throws IOException {
    if (file.size() > mostBytes) {
      return;
    }
    Files.move(file.path(), directory.resolve(file.sha256()), StandardCopyOption.ATOMIC_MOVE);
    Long replaced = sizes.put(file.sha256(), file.size());
    bytes += file.size() - (replaced == null ? 0 : replaced);
    Iterator<Map.Entry<String, Long>> oldest = sizes.entrySet().iterator();
    while (bytes > mostBytes) {
      Map.Entry<String, Long> removed = oldest.next();
      bytes -= removed.getValue();
      Files.deleteIfExists(directory.resolve(removed.getKey()));
      oldest.remove();
    }
  }
}
