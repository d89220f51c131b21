package tf.grid.hub.build.layer;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import tf.grid.hub.build.BuildContext;
import tf.grid.hub.build.NodeBuilder;
import tf.grid.hub.build.SafePath;
import tf.grid.hub.build.Tree;
import tf.grid.hub.build.TreeDirectory;
import tf.grid.hub.build.layer.PathResolver.StepLimit;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.build.tar.header.ExtendedAttributes;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;

/**
 * Applies layers, lowest first. All deletions of a layer are applied before its other entries,
 * regardless of their order in the archive. A path can lead through a symbolic link of the same
 * layer, which is resolved inside the tree. Anything else on a path that a lower layer has and that
 * is not a directory is replaced by one, as on an overlay file system. Not thread-safe.
 */
final class LayerStack {
  /** Heap bytes for tracking an entry of the current layer, rounded up. */
  private static final int BYTES_PER_MARK = 64;

  private final BuildContext work;
  private final Tree tree;
  private final NodeBuilder nodes;
  private final StepLimit steps = new StepLimit();
  private final PathResolver paths;

  LayerStack(BuildContext work) {
    this.work = work;
    this.tree = new Tree(work);
    this.nodes = new NodeBuilder(work);
    this.paths = new PathResolver(tree.root(), work.limits(), steps);
  }

  TreeDirectory root() {
    return tree.root();
  }

  void add(Layer layer) throws ArchiveException {
    Map<SafePath, Found> below = linkedBelow(layer);
    layer.changes().forEach(this::clear);
    Set<Node> current = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Layer.Change change : layer.changes()) {
      if (change instanceof Layer.Placed placed) {
        place(placed, current);
      } else if (change instanceof Layer.HardLinked link) {
        link(link, below, current);
      } else {
        clearThroughLinks(change, current);
      }
    }
  }

  /** Targets of hard links that this layer deletes or replaces. */
  private Map<SafePath, Found> linkedBelow(Layer layer) {
    Map<SafePath, Found> below = new HashMap<>();
    for (Layer.Change change : layer.changes()) {
      if (change instanceof Layer.HardLinked link) {
        Found found = find(link.target());
        if (found != null) {
          below.put(link.target(), found);
        }
      }
    }
    return below;
  }

  private void clear(Layer.Change change) {
    if (change instanceof Layer.Removed removed) {
      TreeDirectory parent = tree.existingParent(removed.path());
      if (parent != null) {
        parent.remove(removed.path().last());
      }
    } else if (change instanceof Layer.Emptied emptied) {
      TreeDirectory directory = directory(emptied.path());
      if (directory != null) {
        directory.clear();
      }
    }
  }

  /**
   * Applies a whiteout whose path leads through a link of its own layer; the link exists only now.
   */
  private void clearThroughLinks(Layer.Change change, Set<Node> current) throws ArchiveException {
    LowerLayerEntries lower = new LowerLayerEntries(current, steps);
    SafePath path = change.path();
    if (change instanceof Layer.Removed) {
      SafePath place = paths.resolve(path, current::contains);
      TreeDirectory parent = place.equals(path) ? null : tree.existingParent(place);
      if (parent != null) {
        lower.remove(parent, place.last());
      }
    } else {
      SafePath place = paths.resolveDirectory(path, current::contains);
      TreeDirectory directory = place.equals(path) ? null : directory(place);
      if (directory != null) {
        lower.clear(directory);
      }
    }
  }

  private TreeDirectory directory(SafePath path) {
    if (path.isRoot()) {
      return tree.root();
    }
    TreeDirectory parent = tree.existingParent(path);
    return parent == null ? null : parent.directory(path.last());
  }

  private void place(Layer.Placed placed, Set<Node> current) throws ArchiveException {
    if (placed.path().isRoot()) {
      tree.root().attributes(Name.EMPTY, placed.attributes());
      return;
    }
    TreeDirectory parent = parent(placed.path(), current);
    if (placed.node() instanceof DirectoryNode directory) {
      mark(directory, current);
      tree.directory(parent, directory);
      parent.attributes(directory.name(), placed.attributes());
    } else {
      put(parent, placed.node(), placed.attributes(), current);
    }
  }

  private void link(Layer.HardLinked link, Map<SafePath, Found> below, Set<Node> current)
      throws ArchiveException {
    Found target = find(link.target());
    if (target == null) {
      target = below.get(link.target());
    }
    if (target == null) {
      target = findThroughLinks(link.target());
    }
    if (target == null) {
      throw new ArchiveException(
          "the image has a hard link to something that is not an earlier file of it: "
              + link.path()
              + " -> "
              + link.target());
    }
    Node node = nodes.renamed(target.node(), link.path().last());
    work.memory().take(BuildContext.BYTES_PER_NODE + node.name().length());
    put(parent(link.path(), current), node, target.attributes(), current);
  }

  private void put(
      TreeDirectory parent, Node node, ExtendedAttributes attributes, Set<Node> current)
      throws ArchiveException {
    mark(node, current);
    parent.put(node);
    parent.attributes(node.name(), attributes);
  }

  private void mark(Node node, Set<Node> current) throws ArchiveException {
    work.memory().take(BYTES_PER_MARK);
    current.add(node);
  }

  private TreeDirectory parent(SafePath path, Set<Node> current) throws ArchiveException {
    SafePath place = paths.resolve(path, current::contains);
    return tree.parent(place, obstacle -> !current.contains(obstacle));
  }

  private Found find(SafePath path) {
    Node node = tree.earlier(path);
    return node == null ? null : new Found(node, tree.existingParent(path).attributes(path.last()));
  }

  /** Finds a node, resolving symbolic links in the directory of the path. */
  private Found findThroughLinks(SafePath path) throws ArchiveException {
    return path.isRoot() ? null : find(paths.resolve(path, link -> true));
  }

  /** A node with its extended attributes, which are stored in its directory. */
  private record Found(Node node, ExtendedAttributes attributes) {}
}
