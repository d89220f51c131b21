package tf.grid.hub.flist.merge;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import tf.grid.hub.flist.DirectoryListing;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.FlistRejectedException;
import tf.grid.hub.flist.file.FlistReader;

/**
 * Merges flists as section 7 of the format says: the first source that has a name wins, whatever it
 * is there; directories that several sources have are merged, with owner and times of the first. In
 * memory is one directory of all sources, and the places of those still to come. For one thread,
 * like the readers.
 */
public final class FlistMerge {
  private final List<FlistReader> sources;

  /**
   * Merges what readers have open; they stay the caller's to close.
   *
   * @param sources at least one, in the order of precedence
   */
  public FlistMerge(List<FlistReader> sources) {
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("there is nothing to merge");
    }
    this.sources = List.copyOf(sources);
  }

  /**
   * Shows every directory of the merged flist, each before those in it.
   *
   * @throws FlistRejectedException when a source breaks the format's rules; the message says which
   *     one
   */
  public void directories(DirectoryListing.Visitor visitor) throws IOException {
    walk(
        directory -> {
          visitor.directory(directory.listing());
          return true;
        });
  }

  /**
   * Shows where sources differ in more than times, a directory after the other.
   *
   * @param visitor sees one, and says whether to go on
   * @throws FlistRejectedException when a source breaks the format's rules; the message says which
   *     one
   */
  public void clashes(Predicate<MergeConflict> visitor) throws IOException {
    walk(directory -> directory.clashes().stream().allMatch(visitor));
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

  /** Sees merged directories. */
  @FunctionalInterface
  private interface Visitor {
    boolean goesOnAfter(MergedDirectory directory) throws IOException;
  }
}
