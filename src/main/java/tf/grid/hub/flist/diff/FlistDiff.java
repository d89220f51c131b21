package tf.grid.hub.flist.diff;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.file.FlistReader;

/**
 * Compares two flists by walking through both in parallel. Memory use: one directory of each, and
 * the differences of its parents. Added and removed directories are reported entry by entry. Not
 * thread-safe, like the readers.
 */
public final class FlistDiff {
  private final FlistReader before;
  private final FlistReader after;

  /** The readers are not closed. */
  public FlistDiff(FlistReader before, FlistReader after) {
    this.before = before;
    this.after = after;
  }

  /** Receives differences, one after the other. */
  @FunctionalInterface
  public interface Visitor {

    /** Returns whether to continue; false ends the comparison without an error. */
    boolean difference(Difference difference) throws IOException;
  }

  /**
   * Reports the differences in the order of a walk, until the visitor stops.
   *
   * @param behind the last position reported earlier; directories completely before it are not
   *     read; empty to start at the beginning
   * @throws tf.grid.hub.flist.FlistRejectedException if a flist violates the format
   */
  public void walk(Optional<DiffPosition> behind, Visitor visitor) throws IOException {
    new Walk(behind.map(DiffPosition::steps).orElse(List.of()), visitor)
        .enter(FlistPath.ROOT, new Sides(true, true), !behind.isEmpty());
  }

  /** Which flists have a directory. */
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

  /** A walk through both trees. */
  private final class Walk {
    private final List<DiffPosition.Step> start;
    private final Visitor visitor;

    Walk(List<DiffPosition.Step> start, Visitor visitor) {
      this.start = start;
      this.visitor = visitor;
    }

    /** Returns whether to continue; false ends the comparison without an error. */
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
