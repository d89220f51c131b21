package tf.grid.hub.chunk.vector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import tf.grid.hub.chunk.ByteRange;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.chunk.kernel.Blake2b;

/**
 * BLAKE2b-128 of many messages. Each lane hashes a message; when it ends, the lane takes the next
 * one. Not thread-safe.
 */
final class Blake2bLanes {
  static final int LANES = Blake2bRounds.LANES;
  static final int BITS = Blake2bRounds.LONGS.vectorBitSize();

  private static final int BLOCK = 128;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long[] INITIAL = Blake2b.initialState(ChunkKey.LENGTH);

  private final long[] state = new long[INITIAL.length * LANES];
  private final long[] words = new long[BLOCK / Long.BYTES * LANES];
  private final long[] counted = new long[LANES];
  private final long[] last = new long[LANES];

  /** The message of each lane, null if it is idle, and its index. */
  private final ByteRange[] messages = new ByteRange[LANES];

  private final int[] places = new int[LANES];
  private final byte[] padded = new byte[BLOCK];

  /**
   * Hashes messages.
   *
   * @param order indexes of the messages to hash, in the order in which they begin
   * @param digests receives two words for each message, at twice its index
   */
  void hash(List<ByteRange> all, int[] order, long[] digests) {
    int next = 0;
    int busy = Math.min(LANES, order.length);
    while (next < busy) {
      begin(next, all.get(order[next]), order[next]);
      next++;
    }
    while (busy > 0) {
      loadBlocks();
      Blake2bRounds.compress(state, words, counted, last);
      for (int lane = 0; lane < LANES; lane++) {
        if (last[lane] != 0) {
          end(lane, digests);
          if (next < order.length) {
            begin(lane, all.get(order[next]), order[next]);
            next++;
          } else {
            busy--;
          }
        }
      }
    }
  }

  private void begin(int lane, ByteRange message, int place) {
    messages[lane] = message;
    places[lane] = place;
    counted[lane] = 0;
    for (int i = 0; i < INITIAL.length; i++) {
      state[i * LANES + lane] = INITIAL[i];
    }
  }

  private void end(int lane, long[] digests) {
    digests[2 * places[lane]] = state[lane];
    digests[2 * places[lane] + 1] = state[LANES + lane];
    messages[lane] = null;
    last[lane] = 0;
  }

  /** Idle lanes keep their last block, and compute something that nobody uses. */
  private void loadBlocks() {
    for (int lane = 0; lane < LANES; lane++) {
      ByteRange message = messages[lane];
      if (message != null) {
        int done = (int) counted[lane];
        if (message.length() - done > BLOCK) {
          load(message.array(), message.offset() + done, lane);
          counted[lane] += BLOCK;
        } else {
          loadLast(message, done, lane);
        }
      }
    }
  }

  /** The last block is padded with zeros. It is empty only if the whole message is empty. */
  private void loadLast(ByteRange message, int done, int lane) {
    int left = message.length() - done;
    System.arraycopy(message.array(), message.offset() + done, padded, 0, left);
    Arrays.fill(padded, left, BLOCK, (byte) 0);
    load(padded, 0, lane);
    counted[lane] = message.length();
    last[lane] = -1;
  }

  private void load(byte[] block, int at, int lane) {
    for (int i = 0; i < BLOCK / Long.BYTES; i++) {
      words[i * LANES + lane] = (long) LONG.get(block, at + i * Long.BYTES);
    }
  }
}
