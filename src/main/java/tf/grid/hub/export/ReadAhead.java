package tf.grid.hub.export;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkDamagedException;
import tf.grid.hub.chunk.codec.ChunkCodec;
import tf.grid.hub.store.ChunkStore;

/**
 * Reads and decodes chunks ahead of their use, across the borders of files. Memory is limited to a
 * number of plain chunks that wait to be used, and a stored one for each thread. Not thread-safe;
 * reads in the threads of an executor.
 */
public final class ReadAhead implements AutoCloseable {
  /** Steps that wait for a chunk before them. */
  private static final int MOST_WAITING = 4096;

  private final ChunkStore store;
  private final ExecutorService threads;
  private final Queue<ChunkCodec> codecs = new ConcurrentLinkedQueue<>();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final int window;
  private int chunks;

  /**
   * Begins with no steps.
   *
   * @param threads read and decode chunks
   * @param window number of chunks that are read ahead, of up to 512 KiB each
   */
  public ReadAhead(ChunkStore store, ExecutorService threads, int window) {
    this.window = window;
    this.store = store;
    this.threads = threads;
  }

  /** Uses a chunk. */
  @FunctionalInterface
  public interface Use {
    /** Receives the plain bytes; null for a step without a chunk. */
    void accept(byte[] plain) throws IOException;
  }

  private record Waiting(Future<byte[]> chunk, Use use) {}

  /** Adds a step that needs no chunk; it runs after all steps that were added before. */
  public void then(Use use) throws IOException {
    add(new Waiting(null, use));
  }

  /** Adds a step that uses a chunk. */
  public void then(Block block, Use use) throws IOException {
    chunks++;
    add(new Waiting(threads.submit(() -> read(block)), use));
  }

  /** Runs all remaining steps. */
  public void finish() throws IOException {
    while (!waiting.isEmpty()) {
      runFirst();
    }
  }

  /** Cancels the reads of steps that have not run. */
  @Override
  public void close() {
    for (Waiting step : waiting) {
      if (step.chunk != null) {
        step.chunk.cancel(false);
      }
    }
    waiting.clear();
  }

  private void add(Waiting step) throws IOException {
    waiting.add(step);
    while (chunks > window || waiting.size() > MOST_WAITING) {
      runFirst();
    }
  }

  private void runFirst() throws IOException {
    Waiting step = waiting.remove();
    if (step.chunk == null) {
      step.use.accept(null);
      return;
    }
    byte[] plain;
    try {
      plain = step.chunk.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the export was cancelled");
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
    chunks--;
    step.use.accept(plain);
  }

  private byte[] read(Block block) throws IOException {
    byte[] stored =
        store
            .get(block.id())
            .orElseThrow(() -> new ExportException("the store has no chunk " + block.id()));
    ChunkCodec codec = codecs.poll();
    if (codec == null) {
      codec = new ChunkCodec();
    }
    try {
      return codec.decode(block, stored);
    } catch (ChunkDamagedException e) {
      throw new ExportException(e.getMessage());
    } finally {
      codecs.add(codec);
    }
  }

  private static IOException failure(Throwable cause) {
    if (cause instanceof RuntimeException exception) {
      throw exception;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof IOException exception ? exception : new IOException(cause);
  }
}
