package tf.grid.hub.store.lease;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.limit.Ticker;

/**
 * Chunks that a store was seen to have a short time ago, so that it is not asked for them again
 * when a flist is published. Keeps up to half a million in 10 MiB; an id may replace another one at
 * any time. Deletions are counted here, or by all hubs together: use one of the two ways only.
 * Thread-safe.
 */
public final class ConfirmedChunks {
  private static final Duration LIFE = Duration.ofMinutes(15);

  /** A power of two. */
  private static final int PLACES = 1 << 19;

  private static final int NEVER = 0;

  private final Ticker ticker;
  private final Duration life;
  private final int places;
  private final long begin;
  private final long[] ids;

  /** Seconds since the begin; {@link #NEVER} for a free place. */
  private final int[] times;

  private long deletions;

  private ConfirmedChunks(Ticker ticker, Duration life, int places) {
    this.ticker = ticker;
    this.life = life;
    this.places = places;
    this.begin = ticker.nanos() - TimeUnit.SECONDS.toNanos(1);
    this.ids = new long[2 * places];
    this.times = new int[places];
  }

  /** Remembers chunks for a quarter of an hour. */
  public static ConfirmedChunks remembered(Ticker ticker) {
    return new ConfirmedChunks(ticker, LIFE, PLACES);
  }

  /** Remembers nothing. */
  public static ConfirmedChunks forgotten() {
    return new ConfirmedChunks(Ticker.SYSTEM, Duration.ZERO, 1);
  }

  /** The state to be taken before the store is asked, for {@link #add}. */
  public synchronized long deletions() {
    return deletions;
  }

  /**
   * Those of the ids that the store must be asked for.
   *
   * @param deletion the last one of any hub, after which the ids were found not to be deleted; what
   *     is known since another one is forgotten
   * @return a set that can be changed
   */
  synchronized Set<ChunkId> without(Collection<ChunkId> all, long deletion) {
    if (deletion != deletions) {
      deletions = deletion;
      Arrays.fill(times, NEVER);
    }
    Set<ChunkId> unknown = new HashSet<>(all);
    unknown.removeIf(this::has);
    return unknown;
  }

  /** Remembers chunks of which the store has said so since a deletion of any hub. */
  synchronized void add(Collection<ChunkId> there, long deletion) {
    there.forEach(id -> add(id, deletion));
  }

  /**
   * Remembers a chunk that the store has.
   *
   * @param since state when it was asked: what was deleted since then is not remembered
   */
  public synchronized void add(ChunkId id, long since) {
    if (since == deletions) {
      int place = place(id);
      ids[2 * place] = id.high();
      ids[2 * place + 1] = id.low();
      times[place] = now();
    }
  }

  public synchronized boolean has(ChunkId id) {
    int place = place(id);
    return isAt(place, id) && times[place] != NEVER && now() - times[place] < life.toSeconds();
  }

  /** To be called before and after chunks are deleted. */
  public synchronized void forget(Collection<ChunkId> deleted) {
    deletions++;
    for (ChunkId id : deleted) {
      int place = place(id);
      if (isAt(place, id)) {
        times[place] = NEVER;
      }
    }
  }

  private boolean isAt(int place, ChunkId id) {
    return ids[2 * place] == id.high() && ids[2 * place + 1] == id.low();
  }

  /** Ids are digests, so that any bits of them are as good as a hash. */
  private int place(ChunkId id) {
    return (int) id.low() & (places - 1);
  }

  private int now() {
    return (int) TimeUnit.NANOSECONDS.toSeconds(ticker.nanos() - begin);
  }
}
