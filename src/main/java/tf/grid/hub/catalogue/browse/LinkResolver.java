package tf.grid.hub.catalogue.browse;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.LinkNode;
import tf.grid.hub.flist.file.FlistReader;

/**
 * Follows a link inside a flist, with the root of the flist as the root directory. For a single
 * use.
 */
final class LinkResolver {

  /** The maximum number of links to follow, as in operating systems. Detects cycles. */
  private static final int MOST_LINKS = 40;

  private static final Name DOT = Name.of(".");
  private static final Name DOTS = Name.of("..");

  private final FlistReader flist;
  private final Deque<Name> steps = new ArrayDeque<>();
  private FlistPath place;
  private int links;

  /**
   * @param directory to start from
   */
  LinkResolver(FlistReader flist, FlistPath directory) {
    this.flist = flist;
    this.place = directory;
  }

  /** Returns the final target of a link; empty if it does not exist in the flist. */
  Optional<FlistPath> to(Name target) throws IOException {
    enter(target);
    while (!steps.isEmpty()) {
      Name step = steps.pop();
      if (step.equals(DOTS)) {
        place = place.parent();
      } else if (!step.equals(Name.EMPTY) && !step.equals(DOT) && !go(step)) {
        return Optional.empty();
      }
    }
    return Optional.of(place);
  }

  private boolean go(Name step) throws IOException {
    if (!FlistPath.isComponent(step)) {
      return false;
    }
    Optional<Node> found = FlistBrowser.entry(flist, place.child(step));
    if (found.isPresent() && found.get() instanceof LinkNode link) {
      links++;
      enter(link.target());
      return links < MOST_LINKS;
    }
    place = place.child(step);
    return found.filter(node -> node instanceof DirectoryNode || steps.isEmpty()).isPresent();
  }

  /** Puts the components of a link target in front of the remaining ones. */
  private void enter(Name target) {
    if (target.length() > 0 && target.byteAt(0) == '/') {
      place = FlistPath.ROOT;
    }
    byte[] bytes = target.bytes();
    int end = bytes.length;
    for (int at = bytes.length - 1; at >= -1; at--) {
      if (at < 0 || bytes[at] == '/') {
        steps.push(Name.of(bytes, at + 1, end));
        end = at;
      }
    }
  }
}
