package tf.grid.hub.build.chunking;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.LongAdder;
import tf.grid.hub.chunk.codec.Codecs;
import tf.grid.hub.progress.Progress;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.KnownChunks;

/**
 * Hashes, encodes and stores the pieces of all uploads with a fixed number of threads and a fixed
 * amount of memory. One for the application; safe for any number of threads.
 */
public final class ChunkPipeline implements AutoCloseable {
  private final BufferPool pool;
  private final BlockingQueue<WorkUnit> queue = new LinkedBlockingQueue<>();
  private final List<Thread> workers = new ArrayList<>();
  private final LongAdder fresh = new LongAdder();
  private final LongAdder known = new LongAdder();
  private volatile boolean closed;

  /** Starts the workers with codecs that encode one chunk at a time. */
  public ChunkPipeline(
      ChunkStore store, KnownChunks known, PipelineSize limits, ThreadFactory threads) {
    this(store, known, new Codecs(), limits, threads);
  }

  /**
   * Starts the workers.
   *
   * @param store where chunks go; stays open when this is closed
   * @param known what earlier uploads have learnt
   * @param codecs encode the pieces
   * @param limits how many threads and how much memory
   * @param threads makes the workers' threads
   */
  public ChunkPipeline(
      ChunkStore store,
      KnownChunks known,
      Codecs codecs,
      PipelineSize limits,
      ThreadFactory threads) {
    this.pool = new BufferPool(limits);
    for (int i = 0; i < limits.workers(); i++) {
      Thread thread =
          threads.newThread(() -> work(new ChunkWorker(store, known, codecs.newCodec())));
      workers.add(thread);
      thread.start();
    }
  }

  /** Begins an upload, which shares the threads and the memory of all uploads. */
  public ChunkUpload open(Progress progress) {
    if (closed) {
      throw new IllegalStateException("the hub is shutting down");
    }
    return new ChunkUpload(this, progress);
  }

  /** Work units that no upload has now: for meters. */
  public int freeUnits() {
    return pool.free();
  }

  /** Units that wait for a worker. */
  public int queued() {
    return queue.size();
  }

  /** Chunks that the store did not have, since the start. */
  public long newChunks() {
    return fresh.sum();
  }

  /** Chunks that the store already had, since the start. */
  public long knownChunks() {
    return known.sum();
  }

  void count(int freshOnes, int knownOnes) {
    fresh.add(freshOnes);
    known.add(knownOnes);
  }

  /** Ends the workers; uploads that are not complete fail. */
  @Override
  public void close() {
    closed = true;
    workers.forEach(Thread::interrupt);
    giveUpQueued();
  }

  BufferPool pool() {
    return pool;
  }

  void submit(WorkUnit unit) {
    queue.add(unit);
    if (closed) {
      giveUpQueued();
    }
  }

  private void work(ChunkWorker worker) {
    while (!closed) {
      WorkUnit unit;
      try {
        unit = queue.take();
      } catch (InterruptedException e) {
        continue; // only close() ends a worker
      }
      done(unit, attempt(worker, unit));
    }
  }

  /** Any failure, an error of the machine included, belongs to the upload and not to the worker. */
  private static Throwable attempt(ChunkWorker worker, WorkUnit unit) {
    try {
      if (!unit.upload().isOver()) {
        worker.process(unit);
      }
      return null;
    } catch (RuntimeException | Error e) {
      return e;
    }
  }

  private void giveUpQueued() {
    for (WorkUnit unit = queue.poll(); unit != null; unit = queue.poll()) {
      done(unit, new CancellationException("the hub is shutting down"));
    }
  }

  private void done(WorkUnit unit, Throwable problem) {
    ChunkUpload upload = unit.upload();
    pool.giveBack(unit);
    upload.unitDone(problem);
  }
}
