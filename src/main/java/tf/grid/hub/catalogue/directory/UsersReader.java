package tf.grid.hub.catalogue.directory;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tf.grid.hub.catalogue.CatalogueReader;
import tf.grid.hub.catalogue.RepositoryContent;
import tf.grid.hub.catalogue.name.RepositoryName;

/**
 * Scans the users directory, so that manual changes are found: directories twice per second, all
 * files less often if there are many.
 */
final class UsersReader implements CatalogueReader {

  private static final System.Logger LOG = System.getLogger(UsersReader.class.getName());

  /** How long the scan of directories remains valid, in milliseconds. */
  private static final long GLANCE_MILLIS = 500;

  /** The same for files that are modified in place, which does not change their directory. */
  private static final long INSPECTION_MILLIS = 1_000;

  /** Scans of all files use at most one in this many parts of CPU time. */
  private static final long INSPECTION_SHARE = 20;

  private final UsersDirectory users;
  private final Clock clock;
  private SortedMap<RepositoryName, RepositoryScan> looks = new TreeMap<>();
  private volatile long glancedAt;
  private long inspectedAt;
  private long inspectionPause;

  UsersReader(UsersDirectory users, Clock clock) {
    this.users = users;
    this.clock = clock;
  }

  @Override
  public boolean isDue() {
    return Math.abs(clock.millis() - glancedAt) >= GLANCE_MILLIS;
  }

  @Override
  public SortedMap<RepositoryName, RepositoryContent> read() {
    long start = clock.millis();
    boolean inspect = Math.abs(start - inspectedAt) >= inspectionPause;
    looks = look(inspect, start);
    long end = clock.millis();
    if (inspect) {
      inspectedAt = end;
      inspectionPause = Math.max(INSPECTION_MILLIS, INSPECTION_SHARE * (end - start));
    }
    glancedAt = end;
    SortedMap<RepositoryName, RepositoryContent> contents = new TreeMap<>();
    looks.forEach((repository, look) -> contents.put(repository, look.content()));
    return contents;
  }

  private SortedMap<RepositoryName, RepositoryScan> look(boolean inspect, long now) {
    SortedMap<RepositoryName, RepositoryScan> fresh = new TreeMap<>();
    for (RepositoryName repository : repositories()) {
      RepositoryScan before = looks.get(repository);
      if (!inspect && before != null && before.isCurrent(users, repository)) {
        fresh.put(repository, before);
      } else {
        RepositoryScan.at(users, repository, now).ifPresent(found -> fresh.put(repository, found));
      }
    }
    return fresh;
  }

  private Collection<RepositoryName> repositories() {
    List<RepositoryName> found = new ArrayList<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(users.root())) {
      for (Path path : paths) {
        RepositoryName.ofStored(path.getFileName().toString()).ifPresent(found::add);
      }
      return found;
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException | DirectoryIteratorException e) {
      LOG.log(Level.WARNING, "the users directory cannot be read: {0}", e.toString());
      return looks.keySet();
    }
  }
}
