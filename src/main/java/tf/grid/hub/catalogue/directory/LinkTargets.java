package tf.grid.hub.catalogue.directory;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides which symbolic links in the users directory are followed. The system resolves the whole
 * chain; only its end has to be in an allowed directory. Thread-safe.
 */
final class LinkTargets {

  private static final System.Logger LOG = System.getLogger(LinkTargets.class.getName());

  /** Refused links that are remembered, to log each once. */
  private static final int MOST_LOGGED = 1000;

  private final List<Path> allowed;
  private final Set<Path> logged = ConcurrentHashMap.newKeySet();

  /** Links may end in these directories, and in all below them. */
  LinkTargets(List<Path> allowed) {
    this.allowed = List.copyOf(allowed);
  }

  /** The directory that a link leads to, without links on its way; empty if it may not. */
  Optional<Path> directory(Path link) {
    return end(link).filter(end -> Files.isDirectory(end, LinkOption.NOFOLLOW_LINKS));
  }

  /** The file that a link leads to, without links on its way; empty if it may not. */
  Optional<Path> file(Path link) {
    return end(link).filter(end -> Files.isRegularFile(end, LinkOption.NOFOLLOW_LINKS));
  }

  private Optional<Path> end(Path link) {
    try {
      Path end = link.toRealPath();
      if (isAllowed(end)) {
        return Optional.of(end);
      }
      refuse(link);
    } catch (IOException dangling) {
      // Nothing to refuse: the link is listed as a dangling one.
    }
    return Optional.empty();
  }

  private boolean isAllowed(Path end) {
    return allowed.stream()
        .map(LinkTargets::real)
        .flatMap(Optional::stream)
        .anyMatch(end::startsWith);
  }

  private void refuse(Path link) {
    if (logged.size() < MOST_LOGGED && logged.add(link)) {
      LOG.log(
          Level.WARNING,
          "{0} is not followed: it leads out of the public directory and of hub.public-links",
          link);
    }
  }

  /** A path without links; empty if nothing is there. */
  static Optional<Path> real(Path path) {
    try {
      return Optional.of(path.toRealPath());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
