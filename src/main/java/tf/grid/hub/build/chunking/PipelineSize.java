package tf.grid.hub.build.chunking;

/**
 * How much the pipeline may take of the machine.
 *
 * @param workers threads that hash, encode and store; each has about 10 MiB for what it makes
 * @param units pieces of memory for content in flight, 4 MiB each; more than there are uploads at
 *     once, so that slow clients cannot hold all of them
 */
public record PipelineSize(int workers, int units) {

  /** Share of the heap for the memory of workers, and as much again for units. */
  private static final int SHARE = 5;

  /** Refuses sizes with which nothing would move. */
  public PipelineSize {
    if (workers < 1 || units < 1) {
      throw new IllegalArgumentException(
          "a pipeline needs a worker and a unit, not " + workers + " and " + units);
    }
  }

  /**
   * The size that suits a machine: a worker a core, and units for every upload and twice the
   * workers, as long as either takes no more than a fifth of the heap.
   *
   * @param cores processors to use
   * @param maxHeap bytes
   * @param uploads the most uploads at once
   */
  public static PipelineSize of(int cores, long maxHeap, int uploads) {
    int workers = (int) Math.max(1, Math.min(cores, maxHeap / SHARE / ChunkWorker.MEMORY));
    long affordable = maxHeap / SHARE / WorkUnit.CAPACITY;
    return new PipelineSize(
        workers, (int) Math.max(2, Math.min(affordable, uploads + 2L * workers + 1)));
  }
}
