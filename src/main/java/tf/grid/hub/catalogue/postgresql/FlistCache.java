package tf.grid.hub.catalogue.postgresql;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tf.grid.hub.catalogue.digest.SingleFlight;
import tf.grid.hub.catalogue.postgresql.connection.Database;

/**
 * Copies of flists that were read or published lately, in files named by SHA-256. Files that are
 * open stay readable when they are removed. Thread-safe.
 */
final class FlistCache {

  private static final int ATTEMPTS = 3;
  private static final float LOAD = 0.75f;

  private final Path directory;
  private final long mostBytes;
  private final Database database;
  private final SingleFlight<String, Path> fetching = new SingleFlight<>();

  /** Sizes by digest; the first was not used for the longest time. */
  private final Map<String, Long> sizes = new LinkedHashMap<>(16, LOAD, true);

  private long bytes;

  /**
   * Begins with no files.
   *
   * @param directory belongs to this cache alone; its files are deleted, because after a power
   *     failure they need not be whole
   * @param mostBytes the largest flist may exceed it alone
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
   */
  FileChannel open(DatabaseVersion version) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<FileChannel> kept = openKept(version.sha256());
      if (kept.isPresent()) {
        return kept.get();
      }
      Path unused = fetching.get(version.term(), () -> fetch(version));
    }
    throw new IOException("the cache in " + directory + " is too small for its readers");
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

  private Path fetch(DatabaseVersion version) throws IOException {
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
      keep(file);
      return directory.resolve(version.sha256());
    }
  }

  /** Keeps a complete file, which is moved, and removes others that were not used lately. */
  synchronized void keep(NewFlist file) throws IOException {
    Files.move(file.path(), directory.resolve(file.sha256()), StandardCopyOption.ATOMIC_MOVE);
    Long replaced = sizes.put(file.sha256(), file.size());
    bytes += file.size() - (replaced == null ? 0 : replaced);
    Iterator<Map.Entry<String, Long>> oldest = sizes.entrySet().iterator();
    while (bytes > mostBytes && sizes.size() > 1) {
      Map.Entry<String, Long> removed = oldest.next();
      bytes -= removed.getValue();
      Files.deleteIfExists(directory.resolve(removed.getKey()));
      oldest.remove();
    }
  }
}
