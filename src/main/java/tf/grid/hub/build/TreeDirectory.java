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
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Node.LinkNode;
import tf.grid.hub.flist.Permissions;

/** A mutable directory of a tree, with its contents. Not thread-safe. */
public final class TreeDirectory {
  /** An entry without its name in an encoded directory, and references to it in two lists. */
  private static final int BYTES_PER_ENTRY = 160;

  private static final int BYTES_PER_BLOCK = 48;

  private DirectoryNode self;
  private Map<Name, TreeDirectory> directories = Map.of();
  private Map<Name, Node> others = Map.of();
  private Map<Name, ExtendedAttributes> attributes = Map.of();

  /** An empty directory. */
  public TreeDirectory(DirectoryNode self) {
    this.self = self;
  }

  /** A directory that is only implied by paths in an archive. */
  static TreeDirectory implied(Name name) {
    return new TreeDirectory(new DirectoryNode(name, Permissions.ROOT_DIRECTORY, 0, 0));
  }

  /** Its node in the parent directory. */
  public DirectoryNode self() {
    return self;
  }

  /** Replaces its node and keeps its contents. */
  void describe(DirectoryNode changed) {
    self = changed;
  }

  /** The subdirectory with this name, or null. */
  public TreeDirectory directory(Name name) {
    return directories.get(name);
  }

  /** The node with this name that is not a directory, or null. */
  public Node other(Name name) {
    return others.get(name);
  }

  /** Adds a directory, replacing any entry with its name. */
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

  /** Adds a node that is not a directory, replacing any entry with its name. */
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

  /** Removes the entry with this name, if it exists. */
  public void remove(Name name) {
    if (!directories.isEmpty()) {
      directories.remove(name);
    }
    if (!others.isEmpty()) {
      others.remove(name);
    }
    forgetAttributes(name);
  }

  public void clear() {
    directories = Map.of();
    others = Map.of();
    attributes = Map.of();
  }

  /** Sets the extended attributes of the entry with this name; replacing the entry removes them. */
  public void attributes(Name name, ExtendedAttributes values) {
    forgetAttributes(name);
    if (!values.isEmpty()) {
      if (attributes.isEmpty()) {
        attributes = new HashMap<>();
      }
      attributes.put(name, values);
    }
  }

  /** The extended attributes of the entry with this name. */
  public ExtendedAttributes attributes(Name name) {
    return attributes.getOrDefault(name, ExtendedAttributes.NONE);
  }

  /** The extended attributes of all entries, by name. */
  public Map<Name, ExtendedAttributes> attributes() {
    return Collections.unmodifiableMap(attributes);
  }

  private void forgetAttributes(Name name) {
    if (!attributes.isEmpty()) {
      attributes.remove(name);
    }
  }

  /** Whether the directory is empty. */
  public boolean isEmpty() {
    return directories.isEmpty() && others.isEmpty();
  }

  public Collection<TreeDirectory> directories() {
    return Collections.unmodifiableCollection(directories.values());
  }

  /** The entries that are not directories. */
  public Collection<Node> others() {
    return Collections.unmodifiableCollection(others.values());
  }

  /** Heap bytes for the lists of its entries and for the encoded directory, rounded up. */
  long bytesWhileWritten() {
    long bytes = (long) BYTES_PER_ENTRY * directories.size();
    for (Node node : others.values()) {
      bytes += BYTES_PER_ENTRY + node.name().length();
      if (node instanceof FileNode file) {
        bytes += (long) BYTES_PER_BLOCK * file.blocks().size();
      } else if (node instanceof LinkNode link) {
        bytes += link.target().length();
      }
    }
    return bytes;
  }

  /** All entries, in no particular order. */
  List<Node> contents() {
    List<Node> contents = new ArrayList<>(directories.size() + others.size());
    directories.values().forEach(directory -> contents.add(directory.self()));
    contents.addAll(others.values());
    return contents;
  }
}
