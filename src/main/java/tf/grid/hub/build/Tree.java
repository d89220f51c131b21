package tf.grid.hub.build;

import java.util.List;
import java.util.function.Predicate;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.LinkNode;

/**
 * The tree of the entries of an archive, added in their order. A later entry replaces an earlier
 * one with the same path, as when the archive is unpacked, but paths are never resolved through
 * links. Not thread-safe.
 */
public final class Tree {
  private final TreeDirectory root = new TreeDirectory(DirectoryNode.ROOT);
  private final BuildContext work;

  /** A tree with only a root. */
  public Tree(BuildContext work) {
    this.work = work;
  }

  /** The root, which has the same attributes in every flist. */
  public TreeDirectory root() {
    return root;
  }

  /**
   * Returns the parent directory of a path, creating implied directories.
   *
   * @throws ArchiveException if a part of the path exists and is not a directory
   */
  public TreeDirectory parent(SafePath path) throws ArchiveException {
    return parent(path, node -> false);
  }

  /**
   * Returns the parent directory of a path, replacing nodes that are not directories if allowed.
   *
   * @param givesWay whether such a node is replaced; otherwise the path is rejected
   */
  public TreeDirectory parent(SafePath path, Predicate<Node> givesWay) throws ArchiveException {
    TreeDirectory directory = root;
    List<Name> names = path.names();
    for (int i = 0; i < names.size() - 1; i++) {
      Name name = names.get(i);
      TreeDirectory next = directory.directory(name);
      if (next == null) {
        Node obstacle = directory.other(name);
        if (obstacle != null && !givesWay.test(obstacle)) {
          throw new ArchiveException(
              "the archive puts an entry below something that is no directory: "
                  + path
                  + " is below "
                  + new SafePath(names.subList(0, i + 1))
                  + (obstacle instanceof LinkNode
                      ? ", a link; tar would follow it"
                      : "; tar would fail"));
        }
        work.account(name.length());
        next = TreeDirectory.implied(name);
        directory.put(next);
      }
      directory = next;
    }
    return directory;
  }

  /** Adds a directory entry: updates the attributes of an existing directory, or creates one. */
  public void directory(TreeDirectory parent, DirectoryNode self) {
    TreeDirectory existing = parent.directory(self.name());
    if (existing == null) {
      parent.put(new TreeDirectory(self));
    } else {
      existing.describe(self);
    }
  }

  /** The node at this path that is not a directory, or null. */
  public Node earlier(SafePath path) {
    TreeDirectory directory = path.isRoot() ? null : existingParent(path);
    return directory == null ? null : directory.other(path.last());
  }

  /**
   * The parent directory of a path, or null if it does not exist. The path must not be the root.
   */
  public TreeDirectory existingParent(SafePath path) {
    TreeDirectory directory = root;
    List<Name> names = path.names();
    for (int i = 0; i < names.size() - 1 && directory != null; i++) {
      directory = directory.directory(names.get(i));
    }
    return directory;
  }
}
