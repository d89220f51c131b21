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
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.DecodedChunk;
import tf.grid.hub.chunk.codec.BatchCodec;
import tf.grid.hub.chunk.codec.Codecs;
import tf.grid.hub.limit.FairMemory;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.StoreException.StoreCorruptException;

/**
 * Decrypts and verifies stored chunks with the keys in a flist, on a few threads that all uploads
 * share. Each thread holds several chunks at a time. Thread-safe.
 */
public final class ChunkOpener implements AutoCloseable {
  /** What a thread takes of the heap at most: stored and plain bytes, and memory of the codec. */
  private static final int MEMORY = 16 << 20;

  private static final int PORTION = 64;

  /** Chunks that a vector codec decodes at the same time. */
  private static final int AT_ONCE = 8;

  private final ChunkStore store;
  private final Codecs codecs;
  private final FairMemory memory;
  private final ExecutorService threads;

  /**
   * Verifies chunks of a store.
   *
   * @param memory for the chunks
   * @param threads run the work; shut down by {@link #close}
   */
  public ChunkOpener(ChunkStore store, Codecs codecs, FairMemory memory, ExecutorService threads) {
    this.store = store;
    this.codecs = codecs;
    this.memory = memory;
    this.threads = threads;
  }

  /**
   * Verifies chunks.
   *
   * @return chunks that are missing or damaged, or that do not match their blocks
   * @throws tf.grid.hub.limit.TryAgainLaterException if other work uses the memory
   * @throws tf.grid.hub.store.StoreException if the store fails
   */
  List<ChunkId> damaged(List<Block> blocks) throws IOException {
    List<Callable<List<ChunkId>>> portions = new ArrayList<>();
    for (int from = 0; from < blocks.size(); from += PORTION) {
      List<Block> portion = blocks.subList(from, Math.min(from + PORTION, blocks.size()));
      portions.add(() -> memory.<List<ChunkId>, IOException>brief(MEMORY, () -> open(portion)));
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
    BatchCodec codec = codecs.newCodec();
    List<ChunkId> damaged = new ArrayList<>();
    for (int from = 0; from < blocks.size(); from += AT_ONCE) {
      open(codec, blocks.subList(from, Math.min(from + AT_ONCE, blocks.size())), damaged);
    }
    return damaged;
  }

  private void open(BatchCodec codec, List<Block> blocks, List<ChunkId> damaged) {
    List<Block> present = new ArrayList<>(AT_ONCE);
    List<byte[]> stored = new ArrayList<>(AT_ONCE);
    for (Block block : blocks) {
      Optional<byte[]> found = intact(block.id());
      if (found.isPresent()) {
        present.add(block);
        stored.add(found.get());
      } else {
        damaged.add(block.id());
      }
    }
    List<DecodedChunk> decoded = codec.decode(present, stored);
    for (int i = 0; i < decoded.size(); i++) {
      if (decoded.get(i).isDamaged()) {
        damaged.add(present.get(i).id());
      }
    }
  }

  private Optional<byte[]> intact(ChunkId id) {
    try {
      return store.get(id);
    } catch (StoreCorruptException e) {
      return Optional.empty();
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
