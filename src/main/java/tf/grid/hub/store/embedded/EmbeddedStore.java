package tf.grid.hub.store.embedded;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.store.ChunkInventory;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.ChunkSweep;
import tf.grid.hub.store.PackSnapshot;
import tf.grid.hub.store.StoreException;
import tf.grid.hub.store.StoreException.StoreCorruptException;
import tf.grid.hub.store.StoredChunk;
import tf.grid.hub.store.embedded.pack.ChunkLocation;
import tf.grid.hub.store.embedded.pack.OpenPacks;
import tf.grid.hub.store.embedded.pack.PackFiles;
import tf.grid.hub.store.embedded.pack.PackScan;
import tf.grid.hub.store.embedded.pack.RecordHeader;

/**
 * Stores chunks in local files. Chunks confirmed by {@link #put} survive a kill and a power
 * failure. Every chunk is verified when it is read: a damaged chunk is reported, never returned,
 * and counts as missing, so that the next put of the same content repairs it. Deleted chunks are
 * gone from the index at once and from the packs when these are rewritten.
 */
public final class EmbeddedStore implements ChunkStore, ChunkInventory, ChunkSweep, PackSnapshot {
  /** Maximum size of a chunk in bytes. */
  public static final int MAX_CHUNK = RecordHeader.MAX_CHUNK;

  /** Number of packs kept open between reads. */
  private static final int OPEN_PACKS = 16;

  /** Asked for to test the index; whether it exists does not matter. */
  private static final ChunkId NO_CHUNK = ChunkId.of(new byte[ChunkId.LENGTH]);

  private final PackFiles packs;
  private final OpenPacks openPacks;
  private final LocationIndex index;
  private final ChunkLog log;
  private final CommitThread commits;
  private final DirectoryLock lock;
  private final StorageErrors failures;
  private final AtomicBoolean closed = new AtomicBoolean();

  EmbeddedStore(PackFiles packs, LocationIndex index, ChunkLog log, DirectoryLock lock) {
    this.packs = packs;
    this.openPacks = new OpenPacks(packs, OPEN_PACKS);
    this.index = index;
    this.log = log;
    this.lock = lock;
    this.failures = new StorageErrors(packs.directory());
    this.commits = new CommitThread(log, failures);
  }

  /**
   * Opens the store in a directory, which is created if necessary. After a crash, this scans the
   * packs that are not indexed yet; without an index, all packs.
   *
   * @param clock time of storing a chunk
   * @throws StoreException if the store is unusable or in use by another process
   */
  public static EmbeddedStore open(Path directory, Clock clock) {
    return new StoreRecovery(directory, clock, StoreRecovery.PACK_SIZE).open();
  }

  @Override
  public Optional<byte[]> get(ChunkId id) {
    Optional<ChunkLocation> place = find(id);
    return place.flatMap(at -> read(id, at));
  }

  private Optional<ChunkLocation> find(ChunkId id) {
    Optional<ChunkLocation> pending = log.find(id);
    return pending.isPresent() ? pending : ask("find a chunk", reader -> reader.find(id));
  }

  /** Reads a chunk, and looks again for one that was moved or deleted in the meantime. */
  private Optional<byte[]> read(ChunkId id, ChunkLocation place) {
    try {
      byte[] bytes = openPacks.read(place);
      if (PackScan.idOf(bytes).equals(id)) {
        return Optional.of(bytes);
      }
      throw damaged(id, place, null);
    } catch (EOFException | NoSuchFileException e) {
      Optional<ChunkLocation> now = find(id);
      if (now.filter(place::equals).isPresent()) {
        throw damaged(id, place, e);
      }
      return now.flatMap(moved -> read(id, moved));
    } catch (IOException e) {
      throw failures.of("read chunk " + id, e);
    }
  }

  private StoreCorruptException damaged(ChunkId id, ChunkLocation place, IOException cause) {
    StoreCorruptException damaged =
        new StoreCorruptException(
            "chunk "
                + id
                + " is damaged in "
                + packs.file(place.pack())
                + " at "
                + place.position()
                + ": upload what it belongs to again",
            cause);
    try {
      commits.run(log -> log.markDamaged(id, place));
    } catch (StoreException e) {
      damaged.addSuppressed(e);
    }
    return damaged;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if a chunk is empty or larger than {@link #MAX_CHUNK}
   */
  @Override
  public void put(List<StoredChunk> chunks) {
    for (StoredChunk chunk : chunks) {
      int length = chunk.bytes().remaining();
      if (length < 1 || length > MAX_CHUNK) {
        throw new IllegalArgumentException(
            "a chunk has 1 to " + MAX_CHUNK + " bytes, " + chunk.id() + " has " + length);
      }
    }
    if (!chunks.isEmpty()) {
      commits.append(chunks);
    }
  }

  @Override
  public Set<ChunkId> missing(Collection<ChunkId> ids) {
    TreeSet<ChunkId> asked = new TreeSet<>();
    for (ChunkId id : ids) {
      if (!log.knows(id)) {
        asked.add(id);
      }
    }
    try {
      return index.missing(asked);
    } catch (SQLException e) {
      throw failures.of("find chunks", e);
    } catch (InterruptedException e) {
      throw failures.interrupted("find chunks", e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Starts another pack, so that those before do not change any more. Their files are links. The
   * index is not copied, because it can be rebuilt from them.
   */
  @Override
  public int copyTo(Path directory) {
    AtomicInteger copied = new AtomicInteger();
    commits.run(
        log -> {
          log.beginNextPack();
          copied.set(packs.copyTo(directory, log.currentPack()));
        });
    return copied.get();
  }

  /** Reads the index, and creates a file in the directory of the packs. */
  @Override
  public void probe() {
    ask("read the index", reader -> reader.find(NO_CHUNK));
    try {
      packs.probe();
    } catch (IOException e) {
      throw failures.of("create a file", e);
    }
  }

  @Override
  public Totals totals() {
    commits.run(ChunkLog::flush);
    long[] totals = ask("count the chunks", IndexReader::totals);
    return new Totals(totals[0], totals[1]);
  }

  @Override
  public Optional<Entry> entry(ChunkId id) {
    return find(id).map(place -> entry(id, place));
  }

  @Override
  public List<Entry> page(Optional<ChunkId> after, int limit) {
    if (after.isEmpty()) {
      commits.run(ChunkLog::flush);
    }
    return ask("list the chunks", reader -> reader.page(after, limit)).stream()
        .map(row -> entry(row.id(), row.place()))
        .toList();
  }

  @Override
  public boolean knowsTimes() {
    return true;
  }

  @Override
  public void delete(Collection<ChunkId> ids) {
    commits.run(log -> log.delete(ids));
  }

  @Override
  public long reclaim(Rewriting rewriting) {
    try {
      return new PackRewriter(packs, openPacks, index, commits).run(rewriting);
    } catch (IOException e) {
      throw failures.of("rewrite the packs", e);
    } catch (SQLException e) {
      throw failures.of("rewrite the packs", e);
    } catch (InterruptedException e) {
      throw failures.interrupted("rewrite the packs", e);
    }
  }

  private static Entry entry(ChunkId id, ChunkLocation place) {
    return new Entry(id, place.length(), Instant.ofEpochSecond(place.time()));
  }

  private <T> T ask(String tried, LocationIndex.Question<T> question) {
    try {
      return index.read(question);
    } catch (SQLException e) {
      throw failures.of(tried, e);
    } catch (InterruptedException e) {
      throw failures.interrupted(tried, e);
    }
  }

  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    try (lock;
        index;
        openPacks) {
      commits.close();
    } catch (IOException e) {
      throw failures.of("close the files", e);
    } catch (SQLException e) {
      throw failures.of("close the index", e);
    }
  }
}
