package tf.grid.hub.store.s3;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.limit.Ticker;

/**
 * Chunks that the bucket was seen to have a short time ago, so that they are not asked for again
 * when a flist is published. Keeps up to half a million in 10 MiB; an id may replace another one at
 * any time. Thread-safe.
 */
final class ConfirmedChunks {
  private static final Duration LIFE = Duration.ofMinutes(15);

  /** A power of two. */
  private static final int PLACES = 1 << 19;

  private static final int NEVER = 0;

  private final Ticker ticker;
  private final long begin;
  private final long[] ids = new long[2 * PLACES];

  /** Seconds since the begin; {@link #NEVER} for a free place. */
  private final int[] times = new int[PLACES];

  private int deletions;

  ConfirmedChunks(Ticker ticker) {
    this.ticker = ticker;
    this.begin = ticker.nanos() - TimeUnit.SECONDS.toNanos(1);
  }

  /** The state to be taken before the bucket is asked, for {@link #add}. */
  synchronized int deletions() {
    return deletions;
  }

  /**
   * Remembers a chunk that the bucket has.
   *
   * @param since state when it was asked: what was deleted since then is not remembered
   */
  synchronized void add(ChunkId id, int since) {
    if (since == deletions) {
      int place = place(id);
      ids[2 * place] = id.high();
      ids[2 * place + 1] = id.low();
      times[place] = now();
    }
  }

  synchronized boolean has(ChunkId id) {
    int place = place(id);
    return isAt(place, id) && times[place] != NEVER && now() - times[place] < LIFE.toSeconds();
  }

  /** To be called before and after chunks are deleted. */
  synchronized void forget(Collection<ChunkId> deleted) {
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
  private static int place(ChunkId id) {
    return (int) id.low() & (PLACES - 1);
  }

  private int now() {
    return (int) TimeUnit.NANOSECONDS.toSeconds(ticker.nanos() - begin);
  }
}
