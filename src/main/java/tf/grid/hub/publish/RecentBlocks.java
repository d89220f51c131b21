package tf.grid.hub.publish;

import tf.grid.hub.chunk.Block;

/**
 * Remembers blocks that came lately, in a fixed amount of memory (2 MiB): a block may come a
 * million times in a flist, and looking into its chunk once is enough. A newer block takes the
 * place of an older one with the same slot. For one thread.
 */
final class RecentBlocks {
  private static final int SLOTS = 1 << 16;
  private static final int LONGS = 4;

  private final long[] slots = new long[SLOTS * LONGS];

  RecentBlocks() {
    // An empty slot looks like the block of zeros, whose slot is the first: put another one there.
    slots[1] = 1;
  }

  /** Adds a block; false if it surely came before. */
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
