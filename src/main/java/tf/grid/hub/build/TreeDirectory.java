package tf.grid.hub.build;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tf.grid.hub.flist.DirectoryNode;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Permissions;

/** A directory of a tree that grows, with what is in it. For one thread. */
final class TreeDirectory {
  private DirectoryNode self;
  private Map<Name, TreeDirectory> directories = Map.of();
  private Map<Name, Node> others = Map.of();

  TreeDirectory(DirectoryNode self) {
    this.self = self;
  }

  /** One that an archive only implies. */
  static TreeDirectory implied(Name name) {
    return new TreeDirectory(new DirectoryNode(name, Permissions.ROOT_DIRECTORY, 0, 0));
  }

  DirectoryNode self() {
    return self;
  }

  /** Keeps what is in it. */
  void describe(DirectoryNode changed) {
    self = changed;
  }

  TreeDirectory directory(Name name) {
    return directories.get(name);
  }

  /** What is there under this name and is no directory, or null. */
  Node other(Name name) {
    return others.get(name);
  }

  /** Puts a directory in, in place of whatever has its name. */
  void put(TreeDirectory child) {
    if (directories.isEmpty()) {
      directories = new HashMap<>();
    }
    Name name = child.self().name();
    directories.put(name, child);
    if (!others.isEmpty()) {
      others.remove(name);
    }
  }

  /** Puts something else in, in place of whatever has its name. */
  void put(Node node) {
    if (others.isEmpty()) {
      others = new HashMap<>();
    }
    others.put(node.name(), node);
    if (!directories.isEmpty()) {
      directories.remove(node.name());
    }
  }

  Collection<TreeDirectory> directories() {
    return directories.values();
  }

  Collection<Node> others() {
    return others.values();
  }

  /** All that is in it, in no particular order. */
  List<Node> contents() {
    List<Node> contents = new ArrayList<>(directories.size() + others.size());
    directories.values().forEach(directory -> contents.add(directory.self()));
    contents.addAll(others.values());
    return contents;
  }
}
