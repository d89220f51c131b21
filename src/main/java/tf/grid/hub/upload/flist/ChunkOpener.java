package tf.grid.hub.upload.flist;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkCodec;
import tf.grid.hub.chunk.ChunkDamagedException;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.store.ChunkStore;

/**
 * Decrypts and verifies stored chunks with the keys in a flist, on a few threads that all uploads
 * share. Each thread holds one chunk at a time, about 2 MiB. Thread-safe.
 */
public final class ChunkOpener implements AutoCloseable {
  private static final int PORTION = 64;

  private final ChunkStore store;
  private final ExecutorService threads;

  /**
   * Verifies chunks of a store.
   *
   * @param threads run the work; shut down by {@link #close}
   */
  public ChunkOpener(ChunkStore store, ExecutorService threads) {
    this.store = store;
    this.threads = threads;
  }

  /**
   * Verifies chunks.
   *
   * @return chunks that are missing, or that do not match their blocks
   * @throws tf.grid.hub.store.StoreException if the store fails
   */
  List<ChunkId> damaged(List<Block> blocks) throws IOException {
    List<Callable<List<ChunkId>>> portions = new ArrayList<>();
    for (int from = 0; from < blocks.size(); from += PORTION) {
      List<Block> portion = blocks.subList(from, Math.min(from + PORTION, blocks.size()));
      portions.add(() -> open(portion));
    }
    List<ChunkId> damaged = new ArrayList<>();
    try {
      for (Future<List<ChunkId>> result : threads.invokeAll(portions)) {
        damaged.addAll(result.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the upload was cancelled");
    } catch (ExecutionException e) {
      throw again(e.getCause());
    }
    return damaged;
  }

  private List<ChunkId> open(List<Block> blocks) {
    ChunkCodec codec = new ChunkCodec();
    List<ChunkId> damaged = new ArrayList<>();
    for (Block block : blocks) {
      Optional<byte[]> stored = store.get(block.id());
      if (stored.isEmpty() || !opens(codec, block, stored.get())) {
        damaged.add(block.id());
      }
    }
    return damaged;
  }

  private static boolean opens(ChunkCodec codec, Block block, byte[] stored) {
    try {
      codec.decode(block, stored);
      return true;
    } catch (ChunkDamagedException e) {
      return false;
    }
  }

  private static IOException again(Throwable cause) {
    if (cause instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return new IOException("tried to open chunks but " + cause.getMessage(), cause);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
