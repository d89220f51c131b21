package tf.grid.hub.build;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tf.grid.hub.build.limit.EntryBudget;
import tf.grid.hub.build.tar.header.ExtendedAttributes;
import tf.grid.hub.flist.DirectoryListing;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.FlistTooLargeException;
import tf.grid.hub.flist.Name;

/**
 * The complete tree of an archive. All its chunks are stored. Its memory counts against the budget
 * of all uploads until it is closed. For one thread at a time.
 */
public final class BuiltTree implements AutoCloseable {
  private final TreeDirectory root;
  private final String readme;
  private final EntryBudget.Share memory;
  private final List<String> warnings;

  /**
   * A complete tree.
   *
   * @param readme text of the readme, or null
   * @param memory the tree's share of the budget; closed with the tree
   * @param warnings unusual properties of the archive that were accepted
   */
  public BuiltTree(
      TreeDirectory root, String readme, EntryBudget.Share memory, List<String> warnings) {
    this.root = root;
    this.readme = readme;
    this.memory = memory;
    this.warnings = List.copyOf(warnings);
  }

  /** Unusual properties of the archive that were accepted; a few short texts, usually none. */
  public List<String> warnings() {
    return warnings;
  }

  /** The text of the readme at the root; empty if there is none or it is not text. */
  public Optional<String> readme() {
    return Optional.ofNullable(readme);
  }

  /**
   * Shows every directory, each after the one that contains it; contents have no order.
   *
   * @throws FlistTooLargeException if the memory for uploads is too small for a directory
   * @throws tf.grid.hub.limit.TryAgainLaterException if others use that memory
   * @throws IOException if the visitor fails
   */
  public void directories(DirectoryListing.Visitor visitor) throws IOException {
    for (Deque<Placed> waiting = rooted(); !waiting.isEmpty(); ) {
      Placed next = waiting.pop();
      TreeDirectory directory = next.directory();
      if (!memory.directory(directory.bytesWhileWritten())) {
        throw new FlistTooLargeException(
            "the hub's memory for uploads is too small for the entries of one directory");
      }
      visitor.directory(new DirectoryListing(next.path(), directory.self(), directory.contents()));
      next.addChildrenTo(waiting);
    }
  }

  /**
   * The extended attributes of all entries that have any, by path, in the order of the paths'
   * bytes. The flist format cannot hold them.
   */
  public SortedMap<FlistPath, ExtendedAttributes> extendedAttributes() {
    SortedMap<FlistPath, ExtendedAttributes> found = new TreeMap<>();
    for (Deque<Placed> waiting = rooted(); !waiting.isEmpty(); ) {
      Placed next = waiting.pop();
      next.directory().attributes().forEach((name, values) -> found.put(next.pathOf(name), values));
      next.addChildrenTo(waiting);
    }
    return found;
  }

  private Deque<Placed> rooted() {
    Deque<Placed> waiting = new ArrayDeque<>();
    waiting.push(new Placed(FlistPath.ROOT, root));
    return waiting;
  }

  TreeDirectory root() {
    return root;
  }

  /** Releases the memory to the budget; idempotent. */
  @Override
  public void close() {
    memory.close();
  }

  private record Placed(FlistPath path, TreeDirectory directory) {
    /** The attributes of the root are stored under the empty name. */
    FlistPath pathOf(Name name) {
      return name.length() == 0 ? path : path.child(name);
    }

    void addChildrenTo(Deque<Placed> waiting) {
      for (TreeDirectory child : directory.directories()) {
        waiting.push(new Placed(path.child(child.self().name()), child));
      }
    }
  }
}
