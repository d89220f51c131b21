package tf.grid.hub.wiring.heap;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import tf.grid.hub.build.chunking.PipelineSize;

/**
 * How the heap is divided. Everything in the hub whose size depends on what clients do is bounded
 * by a part of it, and the sum of all parts is the heap. Sizes are in bytes. The sizes of single
 * things are estimates from their buffers; {@code docs/adr/0025-one-plan-of-the-heap.md} has the
 * reasons.
 *
 * @param heap all parts together
 * @param connections the most HTTP connections
 * @param uploads the most uploads at once
 * @param pipeline workers and buffers for the content of uploads
 * @param exports the most exports at once
 * @param gateway values in transit to and from clients of the gateway
 * @param contents contents of flists that are remembered
 * @param shared what is left for trees, decompressors, chunks that are received and chunks that are
 *     verified; those who use it get fair parts of it
 */
public record HeapPlan(
    long heap,
    int connections,
    int uploads,
    PipelineSize pipeline,
    int exports,
    long gateway,
    long contents,
    long shared) {

  private static final long MIB = 1L << 20;

  /** An idle hub after a collection, with caches of pages, and what 64 requests allocate. */
  private static final long BASE = 72 * MIB;

  /** Buffers of the server for a connection whose client is slow, and its request. */
  private static final long PER_CONNECTION = 8 << 10;

  /** Buffers for receiving and unpacking, and the database of a flist that is written. */
  private static final long PER_UPLOAD = MIB;

  /** 8 plain chunks that were read ahead, stored ones in two threads, and a directory. */
  private static final long PER_EXPORT = 8 * MIB;

  /** The fewest HTTP connections that can be configured. */
  public static final int LEAST_CONNECTIONS = 64;

  private static final int MOST_CONNECTIONS = 8192;
  private static final int LEAST_EXPORTS = 2;
  private static final int MOST_EXPORTS = 32;

  /** Twice the largest value of the protocol. */
  private static final long LEAST_GATEWAY = 16 * MIB;

  private static final long MOST_GATEWAY = 256 * MIB;

  /** One thread that verifies chunks, and a tree. */
  private static final long LEAST_SHARED = 32 * MIB;

  private static final int LEAST_RECEIVED = 12;
  private static final int MOST_RECEIVED = 256;
  private static final int RECEIVED_PART = 8;

  private static final int CONNECTIONS_PART = 16;
  private static final int WORKERS_PART = 12;
  private static final int BUFFERS_PART = 10;
  private static final int EXPORTS_PART = 12;
  private static final int GATEWAY_PART = 16;
  private static final int CONTENTS_PART = 32;

  /** The usual number of connections. */
  public static int usualConnections(long heap) {
    return (int)
        within(LEAST_CONNECTIONS, heap / CONNECTIONS_PART / PER_CONNECTION, MOST_CONNECTIONS);
  }

  /**
   * Divides a heap.
   *
   * @param heap its greatest size
   * @param cores of the machine
   * @param uploads the most uploads at once
   * @param connections the most HTTP connections
   * @throws HeapTooSmallException if something would have no room
   */
  public static HeapPlan of(long heap, int cores, int uploads, int connections) {
    int workers = (int) within(1, heap / WORKERS_PART / PipelineSize.WORKER_BYTES, cores);
    int units = uploads + 2 * workers + 1;
    long affordable = heap / BUFFERS_PART / PipelineSize.BUFFER_BYTES - units;
    long more =
        within(PipelineSize.MORE_PER_UNIT, affordable, (long) units * PipelineSize.MORE_PER_UNIT);
    HeapPlan fixed =
        new HeapPlan(
            heap,
            connections,
            uploads,
            new PipelineSize(workers, units, (int) more),
            (int) within(LEAST_EXPORTS, heap / EXPORTS_PART / PER_EXPORT, MOST_EXPORTS),
            within(LEAST_GATEWAY, heap / GATEWAY_PART, MOST_GATEWAY),
            heap / CONTENTS_PART,
            0);
    long taken = fixed.parts().values().stream().mapToLong(Long::longValue).sum();
    if (heap - taken < LEAST_SHARED) {
      throw new HeapTooSmallException(heap, taken + LEAST_SHARED, connections, uploads);
    }
    return fixed.with(heap - taken);
  }

  private HeapPlan with(long rest) {
    return new HeapPlan(heap, connections, uploads, pipeline, exports, gateway, contents, rest);
  }

  /** How many chunks are received over HTTP at once; as many bytes of batches come besides. */
  public int receivedChunks() {
    return (int) within(LEAST_RECEIVED, shared / RECEIVED_PART / MIB, MOST_RECEIVED);
  }

  /** The bytes of each part, by its name. */
  public Map<String, Long> parts() {
    Map<String, Long> parts = new LinkedHashMap<>();
    parts.put("base", BASE);
    parts.put("connections", connections * PER_CONNECTION);
    parts.put("uploads", uploads * PER_UPLOAD);
    parts.put("pipeline", pipeline.bytes());
    parts.put("exports", exports * PER_EXPORT);
    parts.put("gateway", gateway);
    parts.put("contents", contents);
    parts.put("shared", shared);
    return parts;
  }

  /** One line for the log. */
  @Override
  public String toString() {
    return parts().entrySet().stream()
        .map(part -> part.getKey() + " " + part.getValue() / MIB)
        .collect(Collectors.joining(", ", "heap of " + heap / MIB + " MiB: ", ""));
  }

  private static long within(long least, long value, long most) {
    return Math.max(least, Math.min(value, most));
  }

  /** The heap has no room for what is configured. */
  public static final class HeapTooSmallException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HeapTooSmallException(long heap, long needed, int connections, int uploads) {
      super(
          "the heap has %d MiB, but %d connections and %d uploads need %d MiB: start Java with a larger -Xmx"
              .formatted(heap / MIB, connections, uploads, (needed + MIB - 1) / MIB));
    }
  }
}
