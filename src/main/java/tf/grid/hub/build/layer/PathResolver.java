package tf.grid.hub.build.layer;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import tf.grid.hub.build.SafePath;
import tf.grid.hub.build.TreeDirectory;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.build.limit.ArchiveLimits;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.LinkNode;

/**
 * Resolves paths through symbolic links inside the tree of an image: an absolute target starts at
 * the root of the tree, and {@code ..} at the root stays there. Missing components are treated as
 * directories. Changes nothing in the tree. Not thread-safe.
 */
final class PathResolver {
  /** The limit of Linux for one path. */
  private static final int MOST_LINKS = 40;

  private static final Name UP = Name.of("..");
  private static final Name SELF = Name.of(".");

  private final TreeDirectory root;
  private final ArchiveLimits limits;
  private final StepLimit steps;

  PathResolver(TreeDirectory root, ArchiveLimits limits, StepLimit steps) {
    this.root = root;
    this.limits = limits;
    this.steps = steps;
  }

  /**
   * Resolves the directory of a path; the last name stays, even if it is a link.
   *
   * @param follows which links in the path itself are followed; links in link targets always are
   * @return the same object if there is no link to follow
   * @throws ArchiveException if there are more than 40 links, if a link leads through something
   *     that is not a directory, or if the result is too long or too deep
   */
  SafePath resolve(SafePath path, Predicate<Node> follows) throws ArchiveException {
    SafePath parent = path.parent();
    SafePath resolved = resolveDirectory(parent, follows);
    if (resolved.equals(parent)) {
      return path;
    }
    List<Name> names = new ArrayList<>(resolved.names());
    names.add(path.last());
    return checked(names);
  }

  /** Resolves all names in the path of a directory, in the same way. */
  SafePath resolveDirectory(SafePath directory, Predicate<Node> follows) throws ArchiveException {
    Walk walk = new Walk(directory, follows);
    while (!walk.waiting.isEmpty()) {
      walk.next();
    }
    return walk.links == 0 ? directory : checked(walk.reached);
  }

  private SafePath checked(List<Name> names) throws ArchiveException {
    if (names.isEmpty()) {
      return new SafePath(List.of());
    }
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (Name name : names) {
      joined.write('/');
      joined.writeBytes(name.bytes());
    }
    return SafePath.of(Name.of(joined.toByteArray()), limits);
  }

  /** Resolves one path, name by name. */
  private final class Walk {
    private final SafePath path;
    private final Predicate<Node> follows;
    private final Deque<Name> waiting;
    private final List<Name> reached = new ArrayList<>();

    /** The directories reached so far, without the root; null for missing ones. */
    private final List<TreeDirectory> directories = new ArrayList<>();

    private int ownNames;
    private int links;

    Walk(SafePath path, Predicate<Node> follows) {
      this.path = path;
      this.follows = follows;
      this.waiting = new ArrayDeque<>(path.names());
      this.ownNames = waiting.size();
      directories.add(root);
    }

    /** Resolves the next name, from a link target or the path itself. */
    void next() throws ArchiveException {
      boolean ofTarget = waiting.size() > ownNames;
      Name name = waiting.pop();
      if (!ofTarget) {
        ownNames--;
      } else {
        steps.take();
      }
      if (name.equals(UP)) {
        up();
      } else {
        down(name, ofTarget);
      }
    }

    private void up() {
      if (!reached.isEmpty()) {
        reached.remove(reached.size() - 1);
        directories.remove(directories.size() - 1);
      }
    }

    private void down(Name name, boolean ofTarget) throws ArchiveException {
      TreeDirectory here = directories.get(directories.size() - 1);
      Node other = here == null ? null : here.other(name);
      if (other instanceof LinkNode link && (ofTarget || follows.test(link))) {
        follow(link);
        return;
      }
      if (ofTarget && other != null) {
        throw new ArchiveException(
            "the layer has an entry whose path leads through a symbolic link to something that is"
                + " not a directory: "
                + path);
      }
      reached.add(name);
      directories.add(here == null ? null : here.directory(name));
    }

    private void follow(LinkNode link) throws ArchiveException {
      if (++links > MOST_LINKS) {
        throw new ArchiveException(
            "the layer has an entry whose path leads through more than "
                + MOST_LINKS
                + " symbolic links, or through a loop of them: "
                + path);
      }
      List<Name> names = names(link.target());
      for (int i = names.size() - 1; i >= 0; i--) {
        waiting.push(names.get(i));
      }
      if (link.target().byteAt(0) == '/') {
        reached.clear();
        directories.subList(1, directories.size()).clear();
      }
    }
  }

  /** The names of a link target, which is not empty. */
  private static List<Name> names(Name target) {
    byte[] bytes = target.bytes();
    List<Name> names = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] == '/') {
        Name name = Name.of(bytes, start, i);
        if (i > start && !name.equals(SELF)) {
          names.add(name);
        }
        start = i + 1;
      }
    }
    return names;
  }

  /**
   * Limits the work that the links of one image cause. A short entry can lead through many long
   * link targets, so the size of an archive does not limit it. Not thread-safe.
   */
  static final class StepLimit {
    /** About a second of work; the links of real images take a few thousand steps. */
    private static final int MOST = 20_000_000;

    private int left = MOST;

    /**
     * Takes one step: a name of a link target, or an entry that a whiteout behind a link visits.
     *
     * @throws ArchiveException when no step is left
     */
    void take() throws ArchiveException {
      if (--left < 0) {
        throw new ArchiveException(
            "the layers of the image lead paths through symbolic links more often than the limit of "
                + MOST
                + " steps allows");
      }
    }
  }
}
