package tf.grid.hub.space.mark;

import java.util.function.Consumer;
import tf.grid.hub.chunk.ChunkId;

/**
 * A map from ids to who refers to them, in arrays: 40 bytes for an id, or less. Not thread-safe.
 */
public final class IdTable {
  /** Work that is not published, or a client of the API. */
  public static final int IN_USE = -1;

  /** Several repositories. */
  public static final int SHARED = -2;

  /** Nobody. */
  public static final int NONE = -3;

  private static final int EMPTY = 0;
  private static final int SMALLEST = 1 << 10;
  private static final double FULL = 0.7;

  private long[] ids = new long[2 * SMALLEST];

  /** The owner plus one if it is a repository, else the owner; zero for empty slots. */
  private int[] owners = new int[SMALLEST];

  private boolean[] found = new boolean[SMALLEST];
  private int size;

  /**
   * Adds a reference.
   *
   * @param owner number of a repository, from 0, or {@link #IN_USE}
   */
  void add(ChunkId id, int owner) {
    if (size >= FULL * owners.length) {
      grow();
    }
    int slot = slot(id.high(), id.low());
    if (owners[slot] == EMPTY) {
      ids[2 * slot] = id.high();
      ids[2 * slot + 1] = id.low();
      owners[slot] = stored(owner);
      size++;
    } else {
      owners[slot] = both(owners[slot], stored(owner));
    }
  }

  private static int stored(int owner) {
    return owner >= 0 ? owner + 1 : owner;
  }

  private static int both(int before, int added) {
    if (before == added || added == IN_USE) {
      return before;
    }
    return before == IN_USE ? added : SHARED;
  }

  /** Number of different ids. */
  int size() {
    return size;
  }

  /** Returns the owner of an id, and remembers that the store has it. */
  public int find(ChunkId id) {
    int slot = slot(id.high(), id.low());
    int owner = owners[slot];
    if (owner == EMPTY) {
      return NONE;
    }
    found[slot] = true;
    return owner > 0 ? owner - 1 : owner;
  }

  /** Shows all ids, in no order. */
  public void forEach(Consumer<ChunkId> visitor) {
    for (int slot = 0; slot < owners.length; slot++) {
      if (owners[slot] != EMPTY) {
        visitor.accept(new ChunkId(ids[2 * slot], ids[2 * slot + 1]));
      }
    }
  }

  /** Number of ids that a repository refers to and {@link #find} was not asked for. */
  public long notFound() {
    long count = 0;
    for (int slot = 0; slot < owners.length; slot++) {
      if (owners[slot] != EMPTY && owners[slot] != IN_USE && !found[slot]) {
        count++;
      }
    }
    return count;
  }

  private int slot(long high, long low) {
    int mask = owners.length - 1;
    // The first bits of all ids of a table are the same, so take bits of the other half.
    int slot = (int) (low ^ (low >>> Integer.SIZE)) & mask;
    while (owners[slot] != EMPTY && (ids[2 * slot] != high || ids[2 * slot + 1] != low)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldIds = ids;
    int[] oldOwners = owners;
    ids = new long[2 * oldIds.length];
    owners = new int[2 * oldOwners.length];
    found = new boolean[owners.length];
    for (int old = 0; old < oldOwners.length; old++) {
      if (oldOwners[old] != EMPTY) {
        int slot = slot(oldIds[2 * old], oldIds[2 * old + 1]);
        ids[2 * slot] = oldIds[2 * old];
        ids[2 * slot + 1] = oldIds[2 * old + 1];
        owners[slot] = oldOwners[old];
      }
    }
  }
}
