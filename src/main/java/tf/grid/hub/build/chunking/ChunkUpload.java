package tf.grid.hub.build.chunking;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import tf.grid.hub.chunk.codec.ChunkCodec;
import tf.grid.hub.progress.Progress;

/**
 * The pieces of one upload on their way to the store. One thread adds them; what goes wrong in a
 * worker is thrown to it by the next call. Closing without {@link #finish} drops what is not yet
 * stored.
 */
public final class ChunkUpload implements AutoCloseable {
  private final ChunkPipeline pipeline;
  private final Progress progress;
  private final Object lock = new Object();
  private WorkUnit filling;
  private BlockSlots zeros;
  private int zerosPlace;
  private int inFlight;
  private volatile Throwable failure;
  private volatile boolean closed;

  ChunkUpload(ChunkPipeline pipeline, Progress progress) {
    this.pipeline = pipeline;
    this.progress = progress;
  }

  /**
   * Adds a piece: reads its bytes from the source into the memory that a worker will take them
   * from.
   *
   * @param slots where id and key will be put
   * @param place which of the file's pieces it is; pieces of a file come in order
   * @param length 1…{@link ChunkCodec#MAX_PLAIN} bytes
   * @throws InterruptedIOException when this thread is interrupted
   * @throws tf.grid.hub.store.StoreException when a worker could not store an earlier piece
   */
  public void add(BlockSlots slots, int place, int length, PieceSource source) throws IOException {
    rethrowFailure();
    makeRoom(length);
    source.read(filling.plain(), filling.end(), length);
    filling.add(length, slots, place);
  }

  /**
   * Adds a piece of {@link ChunkCodec#MAX_PLAIN} zeros. Only the first one of an upload is hashed
   * and stored, all others are that one again.
   *
   * @param slots where id and key will be put
   * @param place which of the file's pieces it is; pieces of a file come in order
   */
  public void addZeros(BlockSlots slots, int place) throws IOException {
    if (zeros == null) {
      add(slots, place, ChunkCodec.MAX_PLAIN, ChunkUpload::zeros);
      zeros = slots;
      zerosPlace = place;
    } else {
      rethrowFailure();
      slots.zeros(place, zeros, zerosPlace);
    }
  }

  private static void zeros(byte[] into, int offset, int length) {
    Arrays.fill(into, offset, offset + length, (byte) 0);
  }

  /**
   * Waits until every piece is stored and every slot filled.
   *
   * @throws InterruptedIOException when this thread is interrupted
   * @throws tf.grid.hub.store.StoreException when a worker could not store a piece
   */
  public void finish() throws IOException {
    if (filling != null) {
      submit();
    }
    try {
      synchronized (lock) {
        while (inFlight > 0 && failure == null) {
          lock.wait();
        }
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    rethrowFailure();
  }

  @Override
  public void close() {
    closed = true;
    if (filling != null) {
      pipeline.pool().giveBack(filling);
      filling = null;
    }
  }

  /** Told for every unit whose pieces are all stored. */
  void stored(int fresh, int known) {
    pipeline.count(fresh, known);
    progress.chunks(fresh, known);
  }

  /** Whether the work for it has become pointless. */
  boolean isOver() {
    return closed || failure != null;
  }

  /** Told once for every unit that was submitted, when its work is done or given up. */
  void unitDone(Throwable problem) {
    synchronized (lock) {
      inFlight--;
      if (problem != null && failure == null) {
        failure = problem;
      }
      lock.notifyAll();
    }
  }

  private void submit() {
    WorkUnit unit = filling;
    filling = null;
    synchronized (lock) {
      inFlight++;
    }
    pipeline.submit(unit);
  }

  /** Without a free buffer, what there is goes to a worker, so that nobody waits with memory. */
  private void makeRoom(int length) throws InterruptedIOException {
    if (filling != null && filling.hasRoomFor(length)) {
      return;
    }
    try {
      if (filling != null && filling.isExtensible() && pipeline.pool().extend(filling)) {
        return;
      }
      if (filling != null) {
        submit();
      }
      filling = pipeline.pool().take(this);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private void rethrowFailure() throws InterruptedIOException {
    Throwable problem = failure;
    if (problem instanceof RuntimeException exception) {
      throw exception;
    }
    if (problem instanceof Error error) {
      throw error;
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("the upload was cancelled");
    }
  }

  private static InterruptedIOException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    InterruptedIOException cancelled = new InterruptedIOException("the upload was cancelled");
    cancelled.initCause(cause);
    return cancelled;
  }
}
