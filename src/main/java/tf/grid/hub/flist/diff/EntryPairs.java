package tf.grid.hub.flist.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;

/** Matches the entries of a directory in two flists. Not thread-safe. */
final class EntryPairs {
  private final FlistPath directory;
  private final Map<DiffPosition.Step, Pair> pairs = new TreeMap<>();

  EntryPairs(FlistPath directory) {
    this.directory = directory;
  }

  void before(List<Node> contents) {
    for (Node node : contents) {
      DiffPosition.Step step = step(node);
      pairs.put(step, new Pair(directory, step, node, null));
    }
  }

  /** Call after {@link #before}, if that is called. */
  void after(List<Node> contents) {
    for (Node node : contents) {
      DiffPosition.Step step = step(node);
      Pair other = pairs.get(step);
      pairs.put(step, new Pair(directory, step, other == null ? null : other.before(), node));
    }
  }

  private static DiffPosition.Step step(Node node) {
    return new DiffPosition.Step(node instanceof DirectoryNode, node.name());
  }

  /**
   * Returns the entries that differ and all directories, which may differ inside, in the order of a
   * walk.
   */
  List<Pair> different() {
    joinChangedTypes();
    List<Pair> different = new ArrayList<>();
    for (Pair pair : pairs.values()) {
      if (pair.isDirectory() || pair.difference().isPresent()) {
        different.add(pair);
      }
    }
    return different;
  }

  /**
   * Joins a directory in one flist and another entry of the same name in the other to one change of
   * type.
   */
  private void joinChangedTypes() {
    List<Pair> directories = pairs.values().stream().filter(Pair::isDirectory).toList();
    for (Pair pair : directories) {
      Name name = pair.step().name();
      DiffPosition.Step otherStep = new DiffPosition.Step(false, name);
      Pair other = pairs.get(otherStep);
      if (other != null && pair.completes(other)) {
        pairs.remove(otherStep);
        pairs.put(pair.step(), pair.with(other));
      }
    }
  }

  /**
   * The entries of one name.
   *
   * @param parent its directory
   * @param before null if it was added
   * @param after null if it was removed
   */
  record Pair(FlistPath parent, DiffPosition.Step step, Node before, Node after) {

    boolean isDirectory() {
      return step.directory();
    }

    FlistDiff.Sides sides() {
      return new FlistDiff.Sides(before instanceof DirectoryNode, after instanceof DirectoryNode);
    }

    Optional<Difference> difference() {
      boolean both = before != null && after != null;
      Set<DifferenceAspect> aspects = both ? DifferenceAspect.between(before, after) : Set.of();
      return both && aspects.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Difference(
                  new DiffPosition(parent.child(step.name()), step.directory()),
                  Optional.ofNullable(before),
                  Optional.ofNullable(after),
                  aspects));
    }

    private boolean completes(Pair other) {
      return (before == null) != (other.before == null) && (after == null) != (other.after == null);
    }

    private Pair with(Pair other) {
      return new Pair(
          parent,
          step,
          before == null ? other.before : before,
          after == null ? other.after : after);
    }
  }
}
