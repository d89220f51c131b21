package tf.grid.hub.build.chunking;

import tf.grid.hub.chunk.codec.ChunkCodec;

/**
 * How much the pipeline may take of the machine.
 *
 * @param workers threads that hash, encode and store, each with {@link #WORKER_BYTES}
 * @param units pieces of work that are filled, wait or are worked on, each with a buffer of {@link
 *     #BUFFER_BYTES}; more than there are uploads at once, so that slow clients cannot hold all
 * @param more buffers that all units share; {@link #MORE_PER_UNIT} for each fill all of them
 */
public record PipelineSize(int workers, int units, int more) {
  /** Bytes of the heap for a worker: what it makes, and a copy of that in the vector codec. */
  public static final int WORKER_BYTES = ChunkWorker.MEMORY;

  /** Bytes of the heap for a buffer. */
  public static final int BUFFER_BYTES = ChunkCodec.MAX_PLAIN;

  /** Buffers of a full unit besides the first. */
  public static final int MORE_PER_UNIT = WorkUnit.MOST_BUFFERS - 1;

  /** Refuses sizes with which nothing would move. */
  public PipelineSize {
    if (workers < 1 || units < 1 || more < 0) {
      throw new IllegalArgumentException(
          "a pipeline needs a worker and a unit, not " + workers + " and " + units);
    }
  }

  /** A size with which all units can be full. */
  public PipelineSize(int workers, int units) {
    this(workers, units, units * MORE_PER_UNIT);
  }

  /** Bytes of the heap for workers and buffers. */
  public long bytes() {
    return (long) workers * WORKER_BYTES + (long) (units + more) * BUFFER_BYTES;
  }
}
