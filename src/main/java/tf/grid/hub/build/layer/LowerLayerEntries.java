package tf.grid.hub.build.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tf.grid.hub.build.TreeDirectory;
import tf.grid.hub.build.layer.PathResolver.StepLimit;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;

/**
 * Removes entries of lower layers from a tree that already contains entries of the current layer.
 * Not thread-safe.
 */
final class LowerLayerEntries {
  private final Set<Node> current;
  private final StepLimit steps;

  /**
   * Keeps the entries of the current layer.
   *
   * @param current the entries of the current layer
   */
  LowerLayerEntries(Set<Node> current, StepLimit steps) {
    this.current = current;
    this.steps = steps;
  }

  /** Removes the entry with a name, except for entries of the current layer at or below it. */
  void remove(TreeDirectory directory, Name name) throws ArchiveException {
    steps.take();
    Node other = directory.other(name);
    TreeDirectory child = directory.directory(name);
    if (child != null) {
      clear(child);
    }
    boolean gone =
        child == null
            ? other != null && !current.contains(other)
            : child.isEmpty() && !current.contains(child.self());
    if (gone) {
      directory.remove(name);
    }
  }

  /** Removes the contents of a directory, except for entries of the current layer. */
  void clear(TreeDirectory directory) throws ArchiveException {
    List<Name> names = new ArrayList<>();
    directory.directories().forEach(child -> names.add(child.self().name()));
    directory.others().forEach(node -> names.add(node.name()));
    for (Name name : names) {
      remove(directory, name);
    }
  }
}
