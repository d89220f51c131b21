package tf.grid.hub.chunk.vector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tf.grid.hub.chunk.ByteRange;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.chunk.kernel.ChunkKernels;
import tf.grid.hub.chunk.kernel.ScalarKernels;

/**
 * Distributes messages over the lanes of vectors, the longest first, so that all lanes end at about
 * the same time. A message so long that the other lanes would be idle most of the time is computed
 * alone, and so are short blocks of the cipher. Not thread-safe; keeps memory for the longest group
 * of blocks, up to 5 MiB.
 */
final class VectorKernels implements ChunkKernels {
  /**
   * Lanes that must be busy on average to be faster than scalar code. Measured: 8 hashes take as
   * long as 2 scalar ones, 8 ciphers as 3.
   */
  private static final int BUSY_HASHES = 2;

  private static final int BUSY_CIPHERS = 3;

  private final ScalarKernels scalar = new ScalarKernels();
  private final Blake2bLanes hashes = new Blake2bLanes();
  private final XxteaLanes ciphers = new XxteaLanes();

  @Override
  public void hash(List<ByteRange> messages, long[] digests) {
    int[] order = longestFirst(messages);
    long rest = 0;
    for (ByteRange message : messages) {
      rest += message.length();
    }
    int next = 0;
    while (next < order.length) {
      ByteRange longest = messages.get(order[next]);
      if (rest >= (long) BUSY_HASHES * longest.length() && order.length - next >= BUSY_HASHES) {
        hashes.hash(messages, Arrays.copyOfRange(order, next, order.length), digests);
        return;
      }
      scalar.hash(longest, digests, order[next]);
      rest -= longest.length();
      next++;
    }
  }

  @Override
  public void encrypt(List<ByteRange> blocks, List<ChunkKey> keys) {
    inGroups(blocks, keys, ciphers::encrypt, scalar::encrypt);
  }

  @Override
  public void decrypt(List<ByteRange> blocks, List<ChunkKey> keys) {
    inGroups(blocks, keys, ciphers::decrypt, scalar::decrypt);
  }

  @FunctionalInterface
  private interface GroupCipher {
    void run(List<ByteRange> blocks, List<ChunkKey> keys);
  }

  @FunctionalInterface
  private interface BlockCipher {
    void run(ByteRange block, ChunkKey key);
  }

  private static void inGroups(
      List<ByteRange> blocks, List<ChunkKey> keys, GroupCipher group, BlockCipher single) {
    int[] order = longestFirst(blocks);
    int next = 0;
    while (next < order.length) {
      List<ByteRange> members = new ArrayList<>(XxteaLanes.LANES);
      List<ChunkKey> memberKeys = new ArrayList<>(XxteaLanes.LANES);
      long sum = 0;
      for (int i = next; i < order.length && members.size() < XxteaLanes.LANES; i++) {
        ByteRange block = blocks.get(order[i]);
        if (block.length() < XxteaLanes.MIN_BLOCK) {
          break;
        }
        members.add(block);
        memberKeys.add(keys.get(order[i]));
        sum += block.length();
      }
      if (!members.isEmpty() && sum >= (long) BUSY_CIPHERS * members.get(0).length()) {
        group.run(members, memberKeys);
        next += members.size();
      } else {
        single.run(blocks.get(order[next]), keys.get(order[next]));
        next++;
      }
    }
  }

  private static int[] longestFirst(List<ByteRange> messages) {
    long[] sorted = new long[messages.size()];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = (long) -messages.get(i).length() << Integer.SIZE | i;
    }
    Arrays.sort(sorted);
    return Arrays.stream(sorted).mapToInt(both -> (int) both).toArray();
  }
}
