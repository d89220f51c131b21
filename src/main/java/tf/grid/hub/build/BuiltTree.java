package tf.grid.hub.build;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tf.grid.hub.build.tar.ExtendedAttributes;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.flist.Counts;
import tf.grid.hub.flist.FileNode;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.FlistTooLargeException;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.file.FlistWriter;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.StoreException.StoreCorruptException;

/**
 * What an archive became: the tree, all of whose chunks are stored. Its memory counts against the
 * budget of all uploads until it is closed. For one thread at a time.
 */
public final class BuiltTree implements AutoCloseable {
  private static final int BATCH = 8192;

  private final TreeDirectory root;
  private final String readme;
  private final ChunkStore store;
  private final EntryBudget.Share memory;
  private final Counts counts;
  private final List<String> warnings;

  /**
   * A tree that is complete.
   *
   * @param readme its text, or null
   * @param memory what the tree takes of the budget; closed with it
   * @param warnings what the sender of the archive should know
   */
  public BuiltTree(
      TreeDirectory root,
      String readme,
      ChunkStore store,
      EntryBudget.Share memory,
      List<String> warnings) {
    this.root = root;
    this.readme = readme;
    this.store = store;
    this.memory = memory;
    this.counts = new EntryCensus(root).counts();
    this.warnings = List.copyOf(warnings);
  }

  /** What a walk through the flist will find. */
  public Counts counts() {
    return counts;
  }

  /** What was odd about the archive and accepted; few and short texts, mostly none. */
  public List<String> warnings() {
    return warnings;
  }

  /** The readme at the root, when there is one that is text. */
  public Optional<String> readme() {
    return Optional.ofNullable(readme);
  }

  /**
   * Gives all directories to a writer; metadata is the caller's.
   *
   * @throws ArchiveException when the flist would be larger than a flist may be
   */
  public void writeTo(FlistWriter writer) throws ArchiveException, IOException {
    try {
      writeDirectories(writer);
    } catch (FlistTooLargeException e) {
      throw new ArchiveException("the archive makes too large a flist: " + e.getMessage(), e);
    }
  }

  private void writeDirectories(FlistWriter writer) throws IOException {
    Deque<Placed> waiting = new ArrayDeque<>();
    waiting.push(new Placed(FlistPath.ROOT, root));
    while (!waiting.isEmpty()) {
      Placed next = waiting.pop();
      TreeDirectory directory = next.directory();
      writer.directory(next.path(), directory.self(), directory.contents());
      for (TreeDirectory child : directory.directories()) {
        waiting.push(new Placed(next.path().child(child.self().name()), child));
      }
    }
  }

  /**
   * Asks the store once more for every chunk, which is the last thing to do before the flist gets
   * its name.
   *
   * @throws tf.grid.hub.store.StoreException when the store cannot say, or has lost one
   */
  public void confirmChunks() {
    Set<ChunkId> batch = new HashSet<>();
    Deque<TreeDirectory> waiting = new ArrayDeque<>();
    waiting.push(root);
    while (!waiting.isEmpty()) {
      TreeDirectory directory = waiting.pop();
      waiting.addAll(directory.directories());
      for (Node node : directory.others()) {
        if (node instanceof FileNode file) {
          confirm(file, batch);
        }
      }
    }
    confirm(batch);
  }

  /**
   * What a flist has no place for: the extended attributes of all entries that have any, by path,
   * in the order of the paths' bytes.
   */
  public SortedMap<FlistPath, ExtendedAttributes> extendedAttributes() {
    SortedMap<FlistPath, ExtendedAttributes> found = new TreeMap<>();
    Deque<Placed> waiting = new ArrayDeque<>();
    waiting.push(new Placed(FlistPath.ROOT, root));
    while (!waiting.isEmpty()) {
      Placed next = waiting.pop();
      next.directory().attributes().forEach((name, values) -> found.put(next.pathOf(name), values));
      for (TreeDirectory child : next.directory().directories()) {
        waiting.push(new Placed(next.path().child(child.self().name()), child));
      }
    }
    return found;
  }

  TreeDirectory root() {
    return root;
  }

  /** Gives the memory back to the budget; doing so again changes nothing. */
  @Override
  public void close() {
    memory.close();
  }

  private void confirm(FileNode file, Set<ChunkId> batch) {
    for (Block block : file.blocks()) {
      batch.add(block.id());
      if (batch.size() >= BATCH) {
        confirm(batch);
      }
    }
  }

  private void confirm(Set<ChunkId> batch) {
    Set<ChunkId> lost = store.missing(batch);
    batch.clear();
    if (!lost.isEmpty()) {
      throw new StoreCorruptException(
          "the store has lost "
              + lost.size()
              + " chunks that it had confirmed, one is "
              + lost.iterator().next()
              + "; send the archive again",
          null);
    }
  }

  private record Placed(FlistPath path, TreeDirectory directory) {
    /** The root knows its own attributes under the empty name. */
    FlistPath pathOf(Name name) {
      return name.length() == 0 ? path : path.child(name);
    }
  }
}
