package tf.grid.hub.flist.diff;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.file.FlistReader;

/**
 * Compares two flists by walking through both at once. In memory is one directory of each, and what
 * differs in those above. What is in a directory that was added or removed is shown entry by entry.
 * For one thread, like the readers.
 */
public final class FlistDiff {
  private final FlistReader before;
  private final FlistReader after;

  /** Compares what two readers have open; they stay the caller's to close. */
  public FlistDiff(FlistReader before, FlistReader after) {
    this.before = before;
    this.after = after;
  }

  /** Sees differences. */
  @FunctionalInterface
  public interface Visitor {

    /** Sees one; says whether to go on. */
    boolean difference(Difference difference) throws IOException;
  }

  /**
   * Shows the differences in the order of a walk, until the visitor has seen enough.
   *
   * @param behind the last one that was seen before; directories that lie wholly before it are not
   *     read; empty to start at the beginning
   * @throws tf.grid.hub.flist.FlistRejectedException when a flist breaks the format's rules
   */
  public void walk(Optional<DiffPosition> behind, Visitor visitor) throws IOException {
    new Walk(behind.map(DiffPosition::steps).orElse(List.of()), visitor)
        .enter(FlistPath.ROOT, new Sides(true, true), !behind.isEmpty());
  }

  /**
   * Which flists have a directory.
   *
   * @param before the first has it
   * @param after the second has it
   */
  record Sides(boolean before, boolean after) {}

  private EntryPairs pairs(FlistPath path, Sides sides) throws IOException {
    EntryPairs pairs = new EntryPairs(path);
    if (sides.before()) {
      pairs.before(before.directory(path).contents());
    }
    if (sides.after()) {
      pairs.after(after.directory(path).contents());
    }
    return pairs;
  }

  /** One way through both trees. */
  private final class Walk {
    private final List<DiffPosition.Step> start;
    private final Visitor visitor;

    Walk(List<DiffPosition.Step> start, Visitor visitor) {
      this.start = start;
      this.visitor = visitor;
    }

    /** Says whether to go on. */
    boolean enter(FlistPath path, Sides sides, boolean resuming) throws IOException {
      for (EntryPairs.Pair pair : pairs(path, sides).different()) {
        int order = resuming ? pair.step().compareTo(start.get(path.depth())) : 1;
        if (order > 0 && !shown(pair)) {
          return false;
        }
        boolean goesOn =
            order < 0
                || !pair.isDirectory()
                || enter(
                    path.child(pair.step().name()),
                    pair.sides(),
                    order == 0 && path.depth() + 1 < start.size());
        if (!goesOn) {
          return false;
        }
      }
      return true;
    }

    private boolean shown(EntryPairs.Pair pair) throws IOException {
      Optional<Difference> difference = pair.difference();
      return difference.isEmpty() || visitor.difference(difference.get());
    }
  }
}
