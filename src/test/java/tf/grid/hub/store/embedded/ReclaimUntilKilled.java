package tf.grid.hub.store.embedded;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.store.ChunkSweep.Rewriting;
import tf.grid.hub.store.StoredChunk;

/**
 * A process of its own that puts chunks, deletes those with odd numbers and gives their space back,
 * until it is killed. Prints the even numbers once they are confirmed. Arguments: the directory,
 * the first number, and the most bytes of a chunk.
 */
final class ReclaimUntilKilled {
  /** Bytes at which a pack is full. */
  static final int PACK_SIZE = 1_000_000;

  private static final int BATCH = 30;

  private ReclaimUntilKilled() {}

  public static void main(String[] arguments) {
    int first = Integer.parseInt(arguments[1]);
    int most = Integer.parseInt(arguments[2]);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
    EmbeddedStore store =
        new StoreRecovery(Path.of(arguments[0]), Clock.systemUTC(), PACK_SIZE).open();
    for (int next = first; ; next += BATCH) {
      List<StoredChunk> batch = new ArrayList<>();
      List<ChunkId> odd = new ArrayList<>();
      StringBuilder kept = new StringBuilder();
      for (int number = next; number < next + BATCH; number++) {
        StoredChunk chunk = PutUntilKilled.numbered(number, most);
        batch.add(chunk);
        if (number % 2 == 0) {
          kept.append(number).append('\n');
        } else {
          odd.add(chunk.id());
        }
      }
      store.put(batch);
      out.print(kept);
      out.flush();
      store.delete(odd);
      store.reclaim(new Everything());
    }
  }

  /** Rewrites whatever has deleted bytes, at full speed. */
  static final class Everything implements Rewriting {
    @Override
    public double deadShare() {
      return 0.05;
    }

    @Override
    public void copying(long bytes) {
      // without a limit
    }
  }
}
