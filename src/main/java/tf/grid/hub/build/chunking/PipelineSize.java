package tf.grid.hub.build.chunking;

/**
 * How much the pipeline may take of the machine.
 *
 * @param workers threads that hash, encode and store; each has about 4 MiB for what it makes
 * @param units pieces of memory for content in flight, 3 MiB each; more than there are uploads at
 *     once, so that slow clients cannot hold all of them
 */
public record PipelineSize(int workers, int units) {

  /** Refuses sizes with which nothing would move. */
  public PipelineSize {
    if (workers < 1 || units < 1) {
      throw new IllegalArgumentException(
          "a pipeline needs a worker and a unit, not " + workers + " and " + units);
    }
  }

  /**
   * The size that suits a machine: a worker a core, and units for every upload and twice the
   * workers, as long as they take no more than a fifth of the heap.
   *
   * @param cores processors to use
   * @param maxHeap bytes
   * @param uploads the most uploads at once
   */
  public static PipelineSize of(int cores, long maxHeap, int uploads) {
    long affordable = maxHeap / 5 / WorkUnit.CAPACITY;
    return new PipelineSize(
        Math.max(1, cores), (int) Math.max(2, Math.min(affordable, uploads + 2L * cores + 1)));
  }
}
