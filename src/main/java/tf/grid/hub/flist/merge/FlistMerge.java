package tf.grid.hub.flist.merge;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import tf.grid.hub.flist.Counts;
import tf.grid.hub.flist.DirectoryListing;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.FlistRejectedException;
import tf.grid.hub.flist.file.FlistReader;

/**
 * Merges flists as in section 7 of the format: for each name, the first source that has it wins;
 * directories in several sources are merged, with owner and times of the first. Memory use: one
 * directory of all sources, and the pending paths. Not thread-safe, like the readers.
 */
public final class FlistMerge {
  private final List<FlistReader> sources;

  /**
   * The readers are not closed.
   *
   * @param sources at least one, in order of precedence
   */
  public FlistMerge(List<FlistReader> sources) {
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("there is nothing to merge");
    }
    this.sources = List.copyOf(sources);
  }

  /**
   * Visits every directory of the merged flist; parents first.
   *
   * @throws FlistRejectedException if a source violates the format; the message names the source
   */
  public void directories(DirectoryListing.Visitor visitor) throws IOException {
    walk(
        directory -> {
          visitor.directory(directory.listing());
          return true;
        });
  }

  /**
   * Reports entries that differ in more than times, directory by directory.
   *
   * @param visitor receives a conflict and returns whether to continue
   * @throws FlistRejectedException if a source violates the format; the message names the source
   */
  public void clashes(Predicate<MergeConflict> visitor) throws IOException {
    walk(directory -> directory.clashes().stream().allMatch(visitor));
  }

  /**
   * Counts what the merged flist would have.
   *
   * @param most as many conflicts are kept
   * @throws FlistRejectedException if a source violates the format; the message names the source
   */
  public MergePreview preview(int most) throws IOException {
    Counts.Counter counter = new Counts.Counter();
    List<MergeConflict> first = new ArrayList<>();
    long[] conflicts = new long[1];
    walk(
        directory -> {
          directory.listing().contents().forEach(counter::add);
          for (MergeConflict clash : directory.clashes()) {
            if (conflicts[0]++ < most) {
              first.add(clash);
            }
          }
          return true;
        });
    return new MergePreview(counter.counts(), first, conflicts[0]);
  }

  private void walk(Visitor visitor) throws IOException {
    Deque<MergedDirectory.Place> waiting = new ArrayDeque<>();
    BitSet all = new BitSet();
    all.set(0, sources.size());
    waiting.push(new MergedDirectory.Place(FlistPath.ROOT, all));
    while (!waiting.isEmpty()) {
      MergedDirectory directory = read(waiting.pop());
      if (!visitor.goesOnAfter(directory)) {
        return;
      }
      List<MergedDirectory.Place> inside = directory.directories();
      for (int i = inside.size() - 1; i >= 0; i--) {
        waiting.push(inside.get(i));
      }
    }
  }

  private MergedDirectory read(MergedDirectory.Place place) throws IOException {
    MergedDirectory merged = new MergedDirectory(place.path());
    for (int i = place.sources().nextSetBit(0); i >= 0; i = place.sources().nextSetBit(i + 1)) {
      try {
        merged.add(i, sources.get(i).directory(place.path()));
      } catch (FlistRejectedException e) {
        throw new FlistRejectedException("source " + (i + 1) + ": " + e.getMessage(), e);
      }
    }
    return merged;
  }

  @FunctionalInterface
  private interface Visitor {
    boolean goesOnAfter(MergedDirectory directory) throws IOException;
  }
}
