package tf.grid.hub.store.remote;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tf.grid.hub.chunk.ChunkId;

/**
 * Chunks of a remote store that were damaged when they were read, until they are stored again: at
 * most {@link #MOST}. A file keeps them beyond the end of the process. A failure to write it is
 * only logged, because the next read finds the damage again. Thread-safe.
 */
public final class DamagedChunks {
  /** More are not remembered: such a store has to be replaced, not repaired. */
  static final int MOST = 100_000;

  private static final System.Logger LOG = System.getLogger(DamagedChunks.class.getName());
  private static final byte DAMAGED = 1;
  private static final byte REPAIRED = 0;
  private static final int RECORD = 1 + ChunkId.LENGTH;

  private final Optional<Path> file;
  private final Set<ChunkId> ids = ConcurrentHashMap.newKeySet();

  private DamagedChunks(Optional<Path> file) {
    this.file = file;
  }

  /** Forgets them at the end of the process. */
  public static DamagedChunks inMemory() {
    return new DamagedChunks(Optional.empty());
  }

  /**
   * Keeps them in a file: a byte and an id for each change.
   *
   * @throws IOException if the file exists but cannot be read or changed
   */
  public static DamagedChunks keptIn(Path file) throws IOException {
    DamagedChunks damaged = new DamagedChunks(Optional.of(file));
    damaged.read(file);
    try {
      damaged.rewrite(file);
    } catch (IOException e) {
      // A hub on a full disk has to start, so that something can be deleted.
      LOG.log(Level.WARNING, "the list of damaged chunks was not rewritten: {0}", e.toString());
      cutTornEnd(file);
    }
    return damaged;
  }

  /** Needs no space. Records after half of one could not be read. */
  private static void cutTornEnd(Path file) throws IOException {
    try (FileChannel torn = FileChannel.open(file, StandardOpenOption.WRITE)) {
      torn.truncate(torn.size() - torn.size() % RECORD);
    }
  }

  private void read(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file);
        DataInputStream in = new DataInputStream(new BufferedInputStream(stream))) {
      for (int kind = in.read(); kind >= 0; kind = in.read()) {
        ChunkId id = new ChunkId(in.readLong(), in.readLong());
        if (kind == DAMAGED) {
          ids.add(id);
        } else {
          ids.remove(id);
        }
      }
    } catch (NoSuchFileException | EOFException e) {
      // The first start, or the end of a record was lost with the process.
      return;
    }
  }

  private void rewrite(Path file) throws IOException {
    if (ids.isEmpty()) {
      Files.deleteIfExists(file);
      return;
    }
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    append(fresh, DAMAGED, List.copyOf(ids));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void append(Path file, byte kind, Collection<ChunkId> changed) throws IOException {
    ByteBuffer records = ByteBuffer.allocate(RECORD * changed.size());
    changed.forEach(id -> records.put(kind).putLong(id.high()).putLong(id.low()));
    Files.write(file, records.array(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  boolean isEmpty() {
    return ids.isEmpty();
  }

  public boolean contains(ChunkId id) {
    return ids.contains(id);
  }

  void add(ChunkId id) {
    if (ids.size() < MOST && ids.add(id)) {
      note(DAMAGED, List.of(id));
    }
  }

  void remove(Collection<ChunkId> repaired) {
    if (!ids.isEmpty()) {
      List<ChunkId> removed = repaired.stream().filter(ids::remove).toList();
      if (!removed.isEmpty()) {
        note(REPAIRED, removed);
      }
    }
  }

  private synchronized void note(byte kind, Collection<ChunkId> changed) {
    try {
      if (file.isPresent()) {
        append(file.get(), kind, changed);
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the list of damaged chunks was not written: {0}", e.toString());
    }
  }
}
