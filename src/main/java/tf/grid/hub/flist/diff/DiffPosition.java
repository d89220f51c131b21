package tf.grid.hub.flist.diff;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Name;

/**
 * A position in the order of a comparison, in which sub-directories precede all other entries.
 *
 * @param path of an entry; not the root
 * @param directory whether it is sorted among the directories, that is, whether it is a directory
 *     in either flist
 */
public record DiffPosition(FlistPath path, boolean directory) {

  /** The steps from the root. */
  List<Step> steps() {
    Deque<Step> steps = new ArrayDeque<>();
    steps.push(new Step(directory, path.name()));
    for (FlistPath up = path.parent(); up.length() > 0; up = up.parent()) {
      steps.push(new Step(true, up.name()));
    }
    return List.copyOf(steps);
  }

  /**
   * A position within one directory.
   *
   * @param directory whether it is sorted among the directories
   * @param name of the entry
   */
  record Step(boolean directory, Name name) implements Comparable<Step> {

    @Override
    public int compareTo(Step other) {
      return directory == other.directory
          ? name.compareTo(other.name)
          : Boolean.compare(other.directory, directory);
    }
  }
}
