package tf.grid.hub.catalogue.browse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.FileNode;

/**
 * How the content below a directory is divided among its entries. Immutable.
 *
 * @param largest the entries with the most content, the largest first
 * @param others number of further entries with content
 * @param otherBytes content of those
 * @param bytes content of all entries
 */
public record ContentShares(List<Share> largest, long others, long otherBytes, long bytes) {

  /** Keeps a copy. */
  public ContentShares {
    largest = List.copyOf(largest);
  }

  /**
   * An entry of the directory.
   *
   * @param node the entry itself
   * @param bytes of all files in it, or of itself
   */
  public record Share(Node node, long bytes) {}

  /** Adds up what a walk below a directory shows. Not thread-safe. */
  static final class Counter {
    private final int depth;
    private final List<Share> shares = new ArrayList<>();
    private Node entry;
    private long bytes;

    Counter(FlistPath directory) {
      this.depth = directory.depth() + 1;
    }

    /** Adds an entry; those in a directory come after it and before the next entry beside it. */
    void add(FlistPath path, Node node) {
      if (path.depth() == depth) {
        finish();
        entry = node;
      }
      if (node instanceof FileNode) {
        bytes += node.size();
      }
    }

    private void finish() {
      if (bytes > 0) {
        shares.add(new Share(entry, bytes));
      }
      bytes = 0;
    }

    /**
     * The result of the whole walk.
     *
     * @param most as many entries are kept
     */
    ContentShares shares(int most) {
      finish();
      shares.sort(Comparator.comparingLong(Share::bytes).reversed());
      List<Share> largest = shares.subList(0, Math.min(most, shares.size()));
      long all = shares.stream().mapToLong(Share::bytes).sum();
      long shown = largest.stream().mapToLong(Share::bytes).sum();
      return new ContentShares(largest, shares.size() - largest.size(), all - shown, all);
    }
  }
}
