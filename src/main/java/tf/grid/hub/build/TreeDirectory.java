package tf.grid.hub.build;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tf.grid.hub.build.tar.header.ExtendedAttributes;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Permissions;

/** A directory of a tree that grows, with what is in it. Not thread-safe. */
public final class TreeDirectory {
  private DirectoryNode self;
  private Map<Name, TreeDirectory> directories = Map.of();
  private Map<Name, Node> others = Map.of();
  private Map<Name, ExtendedAttributes> attributes = Map.of();

  /** An empty one. */
  public TreeDirectory(DirectoryNode self) {
    this.self = self;
  }

  /** One that an archive only implies. */
  static TreeDirectory implied(Name name) {
    return new TreeDirectory(new DirectoryNode(name, Permissions.ROOT_DIRECTORY, 0, 0));
  }

  /** What a listing of its parent says of it. */
  public DirectoryNode self() {
    return self;
  }

  /** Keeps what is in it. */
  void describe(DirectoryNode changed) {
    self = changed;
  }

  /** The directory of this name in it, or null. */
  public TreeDirectory directory(Name name) {
    return directories.get(name);
  }

  /** What is there under this name and is no directory, or null. */
  public Node other(Name name) {
    return others.get(name);
  }

  /** Puts a directory in, in place of whatever has its name. */
  public void put(TreeDirectory child) {
    if (directories.isEmpty()) {
      directories = new HashMap<>();
    }
    Name name = child.self().name();
    directories.put(name, child);
    if (!others.isEmpty()) {
      others.remove(name);
    }
    forgetAttributes(name);
  }

  /** Puts something else in, in place of whatever has its name. */
  public void put(Node node) {
    if (others.isEmpty()) {
      others = new HashMap<>();
    }
    others.put(node.name(), node);
    if (!directories.isEmpty()) {
      directories.remove(node.name());
    }
    forgetAttributes(node.name());
  }

  /** Takes out what has this name, if anything has. */
  public void remove(Name name) {
    if (!directories.isEmpty()) {
      directories.remove(name);
    }
    if (!others.isEmpty()) {
      others.remove(name);
    }
    forgetAttributes(name);
  }

  /** Takes out all that is in it. */
  public void clear() {
    directories = Map.of();
    others = Map.of();
    attributes = Map.of();
  }

  /**
   * Says which extended attributes the entry of this name has; putting another there forgets them.
   */
  public void attributes(Name name, ExtendedAttributes values) {
    forgetAttributes(name);
    if (!values.isEmpty()) {
      if (attributes.isEmpty()) {
        attributes = new HashMap<>();
      }
      attributes.put(name, values);
    }
  }

  /** The extended attributes of what has this name. */
  public ExtendedAttributes attributes(Name name) {
    return attributes.getOrDefault(name, ExtendedAttributes.NONE);
  }

  /** The extended attributes of what is in it, by name. */
  public Map<Name, ExtendedAttributes> attributes() {
    return Collections.unmodifiableMap(attributes);
  }

  private void forgetAttributes(Name name) {
    if (!attributes.isEmpty()) {
      attributes.remove(name);
    }
  }

  /** Whether there is nothing in it. */
  public boolean isEmpty() {
    return directories.isEmpty() && others.isEmpty();
  }

  /** The directories in it. */
  public Collection<TreeDirectory> directories() {
    return Collections.unmodifiableCollection(directories.values());
  }

  /** What is in it and is no directory. */
  public Collection<Node> others() {
    return Collections.unmodifiableCollection(others.values());
  }

  /** All that is in it, in no particular order. */
  List<Node> contents() {
    List<Node> contents = new ArrayList<>(directories.size() + others.size());
    directories.values().forEach(directory -> contents.add(directory.self()));
    contents.addAll(others.values());
    return contents;
  }
}
