package tf.grid.hub.store.lease;

import java.util.concurrent.atomic.AtomicLongArray;
import tf.grid.hub.chunk.ChunkId;

/**
 * A Bloom filter of ids in 8 MiB of memory: it never forgets an id, but may claim to have ids that
 * were not added: with 10 million ids, about one in fifteen. Only chunks that a store has are
 * added, and a chunk that is wrongly claimed to be used is deleted by a later collection.
 * Thread-safe.
 */
final class BloomFilter {
  /** Bits; a power of two. */
  private static final int BITS = 1 << 26;

  private static final int WORD_SHIFT = 6;

  private final AtomicLongArray words = new AtomicLongArray(BITS >>> WORD_SHIFT);

  void add(ChunkId id) {
    set(id.high());
    set(id.low());
  }

  boolean mayHave(ChunkId id) {
    return isSet(id.high()) && isSet(id.low());
  }

  /** Ids are digests, so that any bits of them are as good as a hash. */
  private void set(long part) {
    int bit = (int) part & (BITS - 1);
    long mask = 1L << bit;
    int word = bit >>> WORD_SHIFT;
    if ((words.get(word) & mask) == 0) {
      words.getAndAccumulate(word, mask, (before, added) -> before | added);
    }
  }

  private boolean isSet(long part) {
    int bit = (int) part & (BITS - 1);
    return (words.get(bit >>> WORD_SHIFT) & (1L << bit)) != 0;
  }
}
