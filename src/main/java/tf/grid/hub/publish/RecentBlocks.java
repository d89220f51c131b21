package tf.grid.hub.publish;

import tf.grid.hub.chunk.Block;

/**
 * Remembers recent blocks in a fixed amount of memory (2 MiB), so that a block that occurs a
 * million times in a flist is checked about once. A new block evicts the block in its slot. Not
 * thread-safe.
 */
final class RecentBlocks {
  private static final int SLOTS = 1 << 16;
  private static final int LONGS = 4;

  private final long[] slots = new long[SLOTS * LONGS];

  RecentBlocks() {
    // An empty slot equals the block of zeros, which belongs in the first slot: fill that one.
    slots[1] = 1;
  }

  /** Adds a block; false if it is known to be a repetition. */
  boolean add(Block block) {
    long mixed = block.id().low() ^ Long.rotateLeft(block.key().high(), 17);
    int at = (int) (mixed & (SLOTS - 1)) * LONGS;
    boolean same =
        slots[at] == block.id().high()
            && slots[at + 1] == block.id().low()
            && slots[at + 2] == block.key().high()
            && slots[at + 3] == block.key().low();
    slots[at] = block.id().high();
    slots[at + 1] = block.id().low();
    slots[at + 2] = block.key().high();
    slots[at + 3] = block.key().low();
    return !same;
  }
}
