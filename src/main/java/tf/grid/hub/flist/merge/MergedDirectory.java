package tf.grid.hub.flist.merge;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tf.grid.hub.flist.DirectoryListing;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.diff.DifferenceAspect;
import tf.grid.hub.flist.merge.MergeConflict.SourceEntry;

/** A directory of a merge while its sources are added in order of precedence. Not thread-safe. */
final class MergedDirectory {
  private final FlistPath path;
  private final Map<Name, Entry> entries = new TreeMap<>();
  private DirectoryNode self;

  MergedDirectory(FlistPath path) {
    this.path = path;
  }

  void add(int source, DirectoryListing listing) {
    if (self == null) {
      self = listing.self();
    }
    for (Node node : listing.contents()) {
      Entry held = entries.get(node.name());
      if (held == null) {
        entries.put(node.name(), new Entry(source, node));
      } else {
        held.meet(source, node);
      }
    }
  }

  /** The merged directory, with owner and times of the first source. */
  DirectoryListing listing() {
    List<Node> contents = new ArrayList<>(entries.size());
    List<Node> others = new ArrayList<>(entries.size());
    for (Entry entry : entries.values()) {
      (entry.isDirectory() ? contents : others).add(entry.node);
    }
    contents.addAll(others);
    return new DirectoryListing(path, self, contents);
  }

  /** Its sub-directories, each with the sources that have it. */
  List<Place> directories() {
    List<Place> directories = new ArrayList<>();
    for (Entry entry : entries.values()) {
      if (entry.isDirectory()) {
        directories.add(new Place(path.child(entry.node.name()), entry.sources));
      }
    }
    return directories;
  }

  List<MergeConflict> clashes() {
    List<MergeConflict> clashes = new ArrayList<>();
    for (Entry entry : entries.values()) {
      if (!entry.dropped.isEmpty()) {
        clashes.add(
            new MergeConflict(
                path.child(entry.node.name()),
                new SourceEntry(entry.source, entry.node),
                List.copyOf(entry.dropped)));
      }
    }
    return clashes;
  }

  /**
   * A directory to merge.
   *
   * @param sources the indices of the sources that have it
   */
  record Place(FlistPath path, BitSet sources) {}

  /** The entry of the first source, and conflicting ones of later sources. */
  private static final class Entry {
    private static final Set<DifferenceAspect> NOT_WORTH_TELLING = Set.of(DifferenceAspect.TIME);

    private final int source;
    private final Node node;

    /** The sources that have the directory; null for other entries. */
    private final BitSet sources;

    private List<SourceEntry> dropped = List.of();

    Entry(int source, Node node) {
      this.source = source;
      this.node = node;
      this.sources = isDirectory() ? new BitSet() : null;
      if (isDirectory()) {
        sources.set(source);
      }
    }

    boolean isDirectory() {
      return node instanceof DirectoryNode;
    }

    void meet(int other, Node theirs) {
      if (isDirectory() && theirs instanceof DirectoryNode) {
        sources.set(other);
      } else if (other != source
          && !NOT_WORTH_TELLING.containsAll(DifferenceAspect.between(node, theirs))) {
        dropped = dropped.isEmpty() ? new ArrayList<>() : dropped;
        dropped.add(new SourceEntry(other, theirs));
      }
    }
  }
}
