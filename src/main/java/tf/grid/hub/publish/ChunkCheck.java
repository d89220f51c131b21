package tf.grid.hub.publish;

import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.store.ChunkStore;

/**
 * Checks that a store has the chunks of a flist, in batches of 8192 while the flist is read. Not
 * thread-safe.
 */
public final class ChunkCheck {
  private static final int BATCH = 8192;

  private final ChunkStore store;
  private final Opening opening;
  private final RecentBlocks recent = new RecentBlocks();
  private final Set<Block> batch = new HashSet<>();
  private Failures missing = Failures.NONE;
  private Failures damaged = Failures.NONE;

  /** Checks that chunks exist, without reading them. */
  public ChunkCheck(ChunkStore store) {
    this(store, blocks -> List.of());
  }

  /** Checks that chunks exist, and passes those that do to another check. */
  public ChunkCheck(ChunkStore store, Opening opening) {
    this.store = store;
    this.opening = opening;
  }

  /** Checks the content of chunks that a store has. */
  @FunctionalInterface
  public interface Opening {
    /** Returns the chunks that their keys do not open. */
    List<ChunkId> damaged(List<Block> blocks) throws IOException;
  }

  /** Adds the chunks of all files in a directory. */
  public void add(Collection<? extends Node> contents) throws IOException {
    for (Node node : contents) {
      if (node instanceof FileNode file) {
        for (Block block : file.blocks()) {
          add(block);
        }
      }
    }
  }

  private void add(Block block) throws IOException {
    if (recent.add(block) && batch.add(block) && batch.size() == BATCH) {
      ask();
    }
  }

  private void ask() throws IOException {
    Set<ChunkId> absent = store.missing(batch.stream().map(Block::id).distinct().toList());
    missing = missing.and(absent);
    damaged =
        damaged.and(
            opening.damaged(batch.stream().filter(block -> !absent.contains(block.id())).toList()));
    batch.clear();
  }

  /**
   * Ends the check.
   *
   * @throws IncompleteFlistException if a chunk is missing or damaged
   */
  public void finish() throws IOException {
    ask();
    if (missing.count > 0) {
      throw new IncompleteFlistException(missing, "missing");
    }
    if (damaged.count > 0) {
      throw new IncompleteFlistException(damaged, "not what their keys say");
    }
  }

  /** Chunks of a flist are missing or damaged; the message names their number and one of them. */
  public static final class IncompleteFlistException extends IOException {
    private static final long serialVersionUID = 1;

    private final long count;
    private final transient ChunkId example;

    private IncompleteFlistException(Failures failures, String what) {
      super(failures.text(what));
      this.count = failures.count();
      this.example = failures.example();
    }

    /** Number of chunks, at least 1. */
    long count() {
      return count;
    }

    ChunkId example() {
      return example;
    }
  }

  /**
   * Chunks that failed a check.
   *
   * @param count number of chunks
   * @param example one of them; null if there are none
   */
  private record Failures(long count, ChunkId example) {
    static final Failures NONE = new Failures(0, null);

    Failures and(Collection<ChunkId> more) {
      return more.isEmpty()
          ? this
          : new Failures(count + more.size(), example == null ? more.iterator().next() : example);
    }

    String text(String what) {
      return count + (count == 1 ? " chunk is " : " chunks are ") + what + ", one is " + example;
    }
  }
}
