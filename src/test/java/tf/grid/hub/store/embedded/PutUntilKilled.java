package tf.grid.hub.store.embedded;

import static tf.grid.hub.store.ChunkSamples.chunk;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import tf.grid.hub.store.StoredChunk;

/**
 * A process of its own that puts chunks from two threads until it is killed, and prints the number
 * of each one once it is confirmed. Arguments: the directory, the first number, and the most bytes
 * of a chunk.
 */
final class PutUntilKilled {
  private static final int BATCH = 5;

  private PutUntilKilled() {}

  public static void main(String[] arguments) throws InterruptedException {
    int first = Integer.parseInt(arguments[1]);
    int most = Integer.parseInt(arguments[2]);
    EmbeddedStore store =
        new StoreRecovery(Path.of(arguments[0]), Clock.systemUTC(), 3_000_000).open();
    Thread other = new Thread(() -> put(store, first + 500_000, most));
    other.start();
    put(store, first, most);
  }

  private static void put(EmbeddedStore store, int first, int most) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
    for (int number = first; ; number += BATCH) {
      List<StoredChunk> batch =
          List.of(
              numbered(number, most),
              numbered(number + 1, most),
              numbered(number + 2, most),
              numbered(number + 3, most),
              numbered(number + 4, most));
      store.put(batch);
      out.println(number);
      for (int i = 1; i < BATCH; i++) {
        out.println(number + i);
      }
    }
  }

  /** The chunk that is put under a number. */
  static StoredChunk numbered(int number, int most) {
    return chunk(number, 1 + number % most);
  }
}
