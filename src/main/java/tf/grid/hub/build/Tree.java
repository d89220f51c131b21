package tf.grid.hub.build;

import java.util.List;
import tf.grid.hub.flist.DirectoryNode;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;

/**
 * The tree that the entries of an archive make, in the order they come. A later entry takes the
 * place of an earlier one of the same path, as when the archive is unpacked, except that nothing is
 * ever reached through a link. For one thread.
 */
final class Tree {
  /** What a node takes of the heap besides its name and blocks: measured, rounded up. */
  static final int BYTES_PER_NODE = 256;

  private final TreeDirectory root = new TreeDirectory(DirectoryNode.ROOT);
  private final ArchiveLimits limits;
  private final EntryBudget.Share memory;
  private long entries;

  Tree(ArchiveLimits limits, EntryBudget.Share memory) {
    this.limits = limits;
    this.memory = memory;
  }

  TreeDirectory root() {
    return root;
  }

  /** Counts an entry and takes the memory for it. */
  void account(int nameBytes) throws ArchiveRejected {
    if (++entries > limits.entries()) {
      throw new ArchiveRejected(
          "the archive has more entries than the limit of " + limits.entries());
    }
    memory.take(BYTES_PER_NODE + nameBytes);
  }

  /**
   * The directory that a path is in, made where the archive only implies it.
   *
   * @throws ArchiveRejected when a part of the path is there and is no directory
   */
  TreeDirectory parent(SafePath path) throws ArchiveRejected {
    TreeDirectory directory = root;
    List<Name> names = path.names();
    for (int i = 0; i < names.size() - 1; i++) {
      Name name = names.get(i);
      TreeDirectory next = directory.directory(name);
      if (next == null) {
        if (directory.other(name) != null) {
          throw new ArchiveRejected(
              "the archive puts an entry below something that is no directory: " + path);
        }
        account(name.length());
        next = TreeDirectory.implied(name);
        directory.put(next);
      }
      directory = next;
    }
    return directory;
  }

  /** A directory entry: it describes the directory that is there, or becomes one. */
  void directory(TreeDirectory parent, DirectoryNode self) {
    TreeDirectory existing = parent.directory(self.name());
    if (existing == null) {
      parent.put(new TreeDirectory(self));
    } else {
      existing.describe(self);
    }
  }

  /** What an earlier entry put at this path and is no directory, or null. */
  Node earlier(SafePath path) {
    if (path.isRoot()) {
      return null;
    }
    TreeDirectory directory = root;
    List<Name> names = path.names();
    for (int i = 0; i < names.size() - 1 && directory != null; i++) {
      directory = directory.directory(names.get(i));
    }
    return directory == null ? null : directory.other(path.last());
  }
}
