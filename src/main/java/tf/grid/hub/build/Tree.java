package tf.grid.hub.build;

import java.util.List;
import java.util.function.Predicate;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.LinkNode;

/**
 * The tree that the entries of an archive make, in the order they come. A later entry takes the
 * place of an earlier one of the same path, as when the archive is unpacked, except that nothing is
 * ever reached through a link. Not thread-safe.
 */
public final class Tree {
  private final TreeDirectory root = new TreeDirectory(DirectoryNode.ROOT);
  private final BuildContext work;

  /** A tree of nothing but its root. */
  public Tree(BuildContext work) {
    this.work = work;
  }

  /** The root, which is what it is in every flist. */
  public TreeDirectory root() {
    return root;
  }

  /**
   * The directory that a path is in, made where the archive only implies it.
   *
   * @throws ArchiveException when a part of the path is there and is no directory
   */
  public TreeDirectory parent(SafePath path) throws ArchiveException {
    return parent(path, node -> false);
  }

  /**
   * The same, when something that is no directory may give way to one.
   *
   * @param givesWay whether what stands in the way is replaced rather than the path refused
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

  /** A directory entry: it describes the directory that is there, or becomes one. */
  public void directory(TreeDirectory parent, DirectoryNode self) {
    TreeDirectory existing = parent.directory(self.name());
    if (existing == null) {
      parent.put(new TreeDirectory(self));
    } else {
      existing.describe(self);
    }
  }

  /** What an earlier entry put at this path and is no directory, or null. */
  public Node earlier(SafePath path) {
    TreeDirectory directory = path.isRoot() ? null : existingParent(path);
    return directory == null ? null : directory.other(path.last());
  }

  /** The directory that a path is in, if it is there, else null; for paths other than the root. */
  public TreeDirectory existingParent(SafePath path) {
    TreeDirectory directory = root;
    List<Name> names = path.names();
    for (int i = 0; i < names.size() - 1 && directory != null; i++) {
      directory = directory.directory(names.get(i));
    }
    return directory;
  }
}
