package tf.grid.hub.store.embedded;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.store.embedded.pack.ChunkLocation;
import tf.grid.hub.store.embedded.pack.ChunkLocation.LocatedChunk;
import tf.grid.hub.store.embedded.pack.PackFiles;
import tf.grid.hub.store.embedded.pack.PackScan;
import tf.grid.hub.store.embedded.pack.PackWriter;

/**
 * Opens a store: acquires the lock, synchronizes the index with the packs, which are authoritative,
 * and finds the position to continue at. For a single use.
 */
final class StoreRecovery {
  /** Size in bytes at which a new pack is started. */
  static final long PACK_SIZE = 1L << 30;

  private static final Logger LOG = System.getLogger(StoreRecovery.class.getName());
  private static final String INDEX = "index.sqlite";

  /** Maximum number of recovered chunks per index update. */
  private static final int BATCH = 32_768;

  private final Path directory;
  private final Clock clock;
  private final long packSize;
  private final PackFiles packs;
  private final StorageErrors failures;

  StoreRecovery(Path directory, Clock clock, long packSize) {
    this.directory = directory;
    this.clock = clock;
    this.packSize = packSize;
    this.packs = new PackFiles(directory);
    this.failures = new StorageErrors(directory);
  }

  EmbeddedStore open() {
    try {
      Files.createDirectories(directory);
      DirectoryLock lock = DirectoryLock.take(directory);
      try {
        return open(lock);
      } catch (IOException | SQLException | InterruptedException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw failures.of("open the files", e);
    } catch (SQLException e) {
      throw failures.of("open the index", e);
    } catch (InterruptedException e) {
      throw failures.interrupted("open the index", e);
    }
  }

  private EmbeddedStore open(DirectoryLock lock)
      throws IOException, SQLException, InterruptedException {
    LocationIndex index = openIndex();
    try {
      PackWriter writer = recover(index);
      return new EmbeddedStore(packs, index, new ChunkLog(index, writer, clock), lock);
    } catch (IOException | SQLException | InterruptedException | RuntimeException e) {
      index.close();
      throw e;
    }
  }

  private LocationIndex openIndex() throws IOException, SQLException {
    Path file = directory.resolve(INDEX);
    try {
      return new LocationIndex(file);
    } catch (SQLException e) {
      if (!Sqlite.isDamaged(e)) {
        throw e;
      }
      LOG.log(Level.WARNING, "the index {0} is damaged; rebuilding it from the packs", file);
      Sqlite.delete(file);
      return new LocationIndex(file);
    }
  }

  /** Scans the packs and returns a writer at the end of the last one. */
  private PackWriter recover(LocationIndex index)
      throws IOException, SQLException, InterruptedException {
    deleteRetired(index.packs());
    Map<Integer, Long> indexed = index.packs().indexed();
    boolean shortened = false;
    for (Map.Entry<Integer, Long> pack : indexed.entrySet()) {
      long size = packs.size(pack.getKey());
      if (size < pack.getValue()) {
        LOG.log(
            Level.ERROR,
            "{0} is truncated: {1} of {2} bytes remain; chunks beyond that are marked as missing",
            packs.file(pack.getKey()),
            size,
            pack.getValue());
        index.cut(pack.getKey(), size);
        pack.setValue(size);
        shortened = true;
      }
    }
    int last = indexed.keySet().stream().mapToInt(number -> number).max().orElse(0);
    long end = indexed.getOrDefault(last, 0L);
    for (int number : packs.numbers()) {
      long from = indexed.getOrDefault(number, 0L);
      long until = packs.size(number) > from ? learn(index, number, from) : from;
      if (number >= last) {
        last = number;
        end = until;
      }
    }
    // Never append where other data was confirmed before.
    return shortened ? writer(last + 1, 0) : writer(last, end);
  }

  /** Deletes packs whose chunks have moved, of which the hub was killed before it could. */
  private void deleteRetired(PackLedger ledger) throws IOException, SQLException {
    for (int number : ledger.retired()) {
      packs.delete(number);
      ledger.forget(number);
    }
  }

  private PackWriter writer(int number, long end) throws IOException {
    if (packs.size(number) > end) {
      try (FileChannel torn = FileChannel.open(packs.file(number), StandardOpenOption.WRITE)) {
        torn.truncate(end);
      }
    }
    return new PackWriter(packs, packSize, number, end);
  }

  /** Indexes a pack from a position on, and returns the end of its last chunk. */
  private long learn(LocationIndex index, int number, long from)
      throws IOException, SQLException, InterruptedException {
    try (FileChannel file = FileChannel.open(packs.file(number))) {
      // Chunks left by a kill may not be on disk yet, and count as confirmed from now on.
      file.force(false);
      PackScan scan = new PackScan(file, number, from);
      Map<ChunkId, ChunkLocation> found = new HashMap<>();
      for (Optional<LocatedChunk> next = scan.next(); next.isPresent(); next = scan.next()) {
        found.put(next.get().id(), next.get().place());
        if (found.size() >= BATCH) {
          add(index, found, number, scan.end());
        }
      }
      add(index, found, number, scan.end());
      return scan.end();
    }
  }

  private static void add(
      LocationIndex index, Map<ChunkId, ChunkLocation> found, int number, long end)
      throws SQLException, InterruptedException {
    found.keySet().retainAll(index.missing(new TreeSet<>(found.keySet())));
    index.add(found, Map.of(number, end));
    found.clear();
  }
}
