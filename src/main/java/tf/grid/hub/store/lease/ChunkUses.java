package tf.grid.hub.store.lease;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.limit.queue.InFlight;

/**
 * Keeps chunks alive that no flist refers to yet. A use of a chunk is that it was stored, or that
 * somebody who may publish it was told that it is stored. It counts for the grace period, and as
 * long as any work runs that was running at that time. A chunk that is missing has no uses, so that
 * questions alone take no space.
 *
 * <p>Uses and deletions exclude each other: a use is recorded and the store asked under a shared
 * lock, and a batch of chunks is checked for uses and deleted under the exclusive one. So the store
 * either says that a chunk is there, and then it is not deleted, or says truly that it is missing.
 *
 * <p>Uses are logged to files, and while a collection runs also kept in memory. When the files
 * cannot be written, memory replaces them, with less precision: some garbage is kept longer.
 * Thread-safe.
 */
public final class ChunkUses implements InFlight, AutoCloseable {
  private static final Logger LOG = System.getLogger(ChunkUses.class.getName());
  private static final Duration SHORTEST_SPAN = Duration.ofSeconds(1);
  private static final int SPANS_PER_GRACE = 8;
  private static final long FIRST_ATTEMPT_MILLIS = 500;
  private static final long LONGEST_ATTEMPT_MILLIS = 4_000;

  private final UseJournal journal;
  private final Duration grace;
  private final Clock clock;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  /** Open leases and the file of the log at their begin. */
  private final Map<Lease, Start> leases = new ConcurrentHashMap<>();

  /** Uses since the running collection began; null while none runs. */
  private volatile BloomFilter sinceBegin;

  /** Uses that could not be logged; null if there are none. Guarded by the journal. */
  private BloomFilter unlogged;

  private Instant lastUnlogged = Instant.MIN;

  private record Start(Instant time, int segment) {}

  private ChunkUses(UseJournal journal, Duration grace, Clock clock) {
    this.journal = journal;
    this.grace = grace;
    this.clock = clock;
  }

  /**
   * Opens the log in a directory, which is created if necessary.
   *
   * @param grace how long a use counts
   */
  public static ChunkUses open(Path directory, Duration grace, Clock clock) throws IOException {
    return new ChunkUses(UseJournal.open(directory, span(grace), clock.instant()), grace, clock);
  }

  private static Duration span(Duration grace) {
    Duration part = grace.dividedBy(SPANS_PER_GRACE);
    return part.compareTo(SHORTEST_SPAN) < 0 ? SHORTEST_SPAN : part;
  }

  @Override
  public Lease open() {
    synchronized (journal) {
      Lease[] self = new Lease[1];
      self[0] = () -> leases.remove(self[0]);
      leases.put(self[0], new Start(clock.instant(), journal.number()));
      return self[0];
    }
  }

  /** Records uses of chunks, then stores them, with no deletion in between. */
  public void storing(Collection<ChunkId> ids, Runnable storing) {
    lock.readLock().lock();
    try {
      record(ids);
      storing.run();
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Asks a store, then records uses of the chunks that it has, with no deletion in between.
   *
   * @param missing tells which of the ids the store does not have
   * @return what it told
   */
  public Set<ChunkId> asking(Collection<ChunkId> ids, Supplier<Set<ChunkId>> missing) {
    lock.readLock().lock();
    try {
      Set<ChunkId> absent = missing.get();
      record(ids.stream().filter(id -> !absent.contains(id)).toList());
      return absent;
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Something that needs chunks, also those that no flist refers to any more.
   *
   * @param <T> its result
   */
  @FunctionalInterface
  public interface Copying<T> {
    T copy() throws IOException;
  }

  /** Copies chunks with no deletion in between. */
  public <T> T copying(Copying<T> work) throws IOException {
    lock.readLock().lock();
    try {
      return work.copy();
    } finally {
      lock.readLock().unlock();
    }
  }

  private void record(Collection<ChunkId> ids) {
    if (ids.isEmpty()) {
      return;
    }
    BloomFilter running = sinceBegin;
    if (running != null) {
      ids.forEach(running::add);
    }
    synchronized (journal) {
      try {
        Instant now = clock.instant();
        if (journal.isOver(now)) {
          rotate(now);
        }
        journal.add(ids, now);
      } catch (IOException e) {
        recordInMemory(ids, e);
      }
    }
  }

  private void recordInMemory(Collection<ChunkId> ids, IOException why) {
    if (unlogged == null) {
      unlogged = new BloomFilter();
      LOG.log(Level.WARNING, "uses of chunks cannot be logged and are kept in memory: {0}", why);
    }
    ids.forEach(unlogged::add);
    lastUnlogged = clock.instant();
  }

  /** Begins another file, and deletes those that count no more unless a collection reads them. */
  private void rotate(Instant now) throws IOException {
    journal.rotate(now);
    journal.forget(now.minus(grace), firstLeased());
  }

  private int firstLeased() {
    return leases.values().stream().mapToInt(Start::segment).min().orElse(Integer.MAX_VALUE);
  }

  /**
   * Begins a collection. Close it in any case; only one runs at a time.
   *
   * @throws IOException if the log cannot be read or written
   */
  public Deletions begin() throws IOException {
    lockOutUses();
    try {
      synchronized (journal) {
        if (sinceBegin != null) {
          throw new IllegalStateException("a collection is running");
        }
        Instant now = clock.instant();
        rotate(now);
        if (unlogged != null && lastUnlogged.isBefore(oldest(now))) {
          unlogged = null;
        }
        sinceBegin = new BloomFilter();
        return new Deletions(oldest(now), journal.hold());
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  /**
   * Waits until no use is running. New uses wait in the meantime, but for a bounded time: a use may
   * take as long as the retries of a store that hangs, or a snapshot, and the others have to go on.
   */
  private void lockOutUses() {
    long millis = FIRST_ATTEMPT_MILLIS;
    try {
      while (!lock.writeLock().tryLock(millis, MILLISECONDS)) {
        Thread.sleep(millis);
        millis = Math.min(2 * millis, LONGEST_ATTEMPT_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while chunks were in use");
    }
  }

  private Instant oldest(Instant now) {
    Instant graced = now.minus(grace);
    return leases.values().stream()
        .map(Start::time)
        .filter(graced::isAfter)
        .min(Instant::compareTo)
        .orElse(graced);
  }

  @Override
  public void close() {
    synchronized (journal) {
      try {
        journal.close();
      } catch (IOException e) {
        LOG.log(Level.WARNING, "the log of chunk uses could not be closed: {0}", e.toString());
      }
    }
  }

  /** The view of a collection: which uses count, and the only way to delete chunks. */
  public final class Deletions implements AutoCloseable {
    private final Instant oldest;
    private final List<UseSegments.Segment> segments;

    private Deletions(Instant oldest, List<UseSegments.Segment> segments) {
      this.oldest = oldest;
      this.segments = segments;
    }

    /** Chunks stored at this time or later must not be deleted. */
    public Instant oldest() {
      return oldest;
    }

    /** Shows all logged uses that count, perhaps repeatedly, up to the begin of the collection. */
    public void logged(IdFile.IdVisitor visitor) throws IOException {
      for (UseSegments.Segment segment : segments) {
        IdFile.read(segment.file(), visitor);
      }
    }

    /** Whether a chunk may be deleted as far as its uses since the begin tell. */
    public boolean isUnused(ChunkId id) {
      BloomFilter memory;
      synchronized (journal) {
        memory = unlogged;
      }
      return !sinceBegin.mayHave(id) && (memory == null || !memory.mayHave(id));
    }

    /**
     * Deletes those of the chunks that were not used since the begin.
     *
     * @param candidates a batch; uses of any chunk wait until it is deleted
     * @return those that were deleted
     */
    public List<ChunkId> delete(
        Collection<ChunkId> candidates, Consumer<Collection<ChunkId>> deletion) {
      lockOutUses();
      try {
        List<ChunkId> unused = candidates.stream().filter(this::isUnused).toList();
        if (!unused.isEmpty()) {
          deletion.accept(unused);
        }
        return unused;
      } finally {
        lock.writeLock().unlock();
      }
    }

    @Override
    public void close() {
      synchronized (journal) {
        journal.release();
        sinceBegin = null;
      }
    }
  }
}
