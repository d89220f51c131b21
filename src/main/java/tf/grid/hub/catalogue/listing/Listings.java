package tf.grid.hub.catalogue.listing;

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
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.name.RepositoryName;

/**
 * The current content of the catalogue. Changes made through the hub are visible immediately.
 * Manual changes are detected by requests that rescan the disk: directories twice per second, all
 * files less often if there are many. Thread-safe; one thread scans while the others use the
 * previous result.
 */
public final class Listings {

  private static final System.Logger LOG = System.getLogger(Listings.class.getName());

  /** How long the scan of directories remains valid, in milliseconds. */
  private static final long GLANCE_MILLIS = 500;

  /** The same for files that are modified in place, which does not change their directory. */
  private static final long INSPECTION_MILLIS = 1_000;

  /** Scans of all files use at most one in this many parts of CPU time. */
  private static final long INSPECTION_SHARE = 20;

  private final Catalogue catalogue;
  private final Supplier<Set<String>> official;
  private final Clock clock;
  private final ReentrantLock looking = new ReentrantLock();
  private volatile State state = State.nothing();

  /**
   * Creates an instance with its dependencies.
   *
   * @param official names of the official repositories
   */
  public Listings(Catalogue catalogue, Set<String> official, Clock clock) {
    this(catalogue, () -> official, clock);
  }

  /**
   * The same where the official repositories may change.
   *
   * @param official called for each scan
   */
  public Listings(Catalogue catalogue, Supplier<Set<String>> official, Clock clock) {
    this.catalogue = catalogue;
    this.official = official;
    this.clock = clock;
  }

  /** Returns the responses for the current catalogue. */
  public ListingBodies current() {
    State known = state;
    if (known.changes() != catalogue.changes()) {
      looking.lock();
    } else if (!isDue(known) || !looking.tryLock()) {
      return known.bodies();
    }
    try {
      return look().bodies();
    } finally {
      looking.unlock();
    }
  }

  /**
   * Returns the result of the last scan, without looking for manual changes; empty before the first
   * scan.
   */
  public Optional<ListingBodies> latest() {
    return Optional.ofNullable(state.bodies());
  }

  private boolean isDue(State known) {
    return Math.abs(clock.millis() - known.glancedAt()) >= GLANCE_MILLIS;
  }

  /** Rescans, unless another thread has done so while this one waited. */
  private State look() {
    State known = state;
    if (known.changes() == catalogue.changes() && !isDue(known)) {
      return known;
    }
    long changes = catalogue.changes();
    long start = clock.millis();
    boolean inspect = Math.abs(start - known.inspectedAt()) >= known.inspectionPause();
    SortedMap<RepositoryName, RepositoryScan> looks = looks(known, inspect, start);
    long end = clock.millis();
    State next =
        new State(
            changes,
            end,
            inspect ? end : known.inspectedAt(),
            inspect
                ? Math.max(INSPECTION_MILLIS, INSPECTION_SHARE * (end - start))
                : known.inspectionPause(),
            looks,
            bodies(known, looks));
    state = next;
    return next;
  }

  private SortedMap<RepositoryName, RepositoryScan> looks(State known, boolean inspect, long now) {
    SortedMap<RepositoryName, RepositoryScan> looks = new TreeMap<>();
    for (RepositoryName repository : repositories(known)) {
      RepositoryScan before = known.looks().get(repository);
      if (!inspect && before != null && before.isCurrent(catalogue.users(), repository)) {
        looks.put(repository, before);
      } else {
        RepositoryScan.at(catalogue.users(), repository, now)
            .ifPresent(found -> looks.put(repository, found));
      }
    }
    return looks;
  }

  private Collection<RepositoryName> repositories(State known) {
    List<RepositoryName> found = new ArrayList<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(catalogue.users().root())) {
      for (Path path : paths) {
        RepositoryName.ofStored(path.getFileName().toString()).ifPresent(found::add);
      }
      return found;
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException | DirectoryIteratorException e) {
      LOG.log(Level.WARNING, "the users directory cannot be read: {0}", e.toString());
      return known.looks().keySet();
    }
  }

  /** Returns the existing responses if they are still valid. */
  private ListingBodies bodies(State known, SortedMap<RepositoryName, RepositoryScan> looks) {
    SortedMap<RepositoryName, RepositoryContent> contents = new TreeMap<>();
    looks.forEach((repository, look) -> contents.put(repository, look.content()));
    Set<String> marks = official.get();
    Optional<ListingBodies> made =
        Optional.ofNullable(known.bodies())
            .filter(bodies -> bodies.snapshot().isOf(contents) && bodies.isMarkedAs(marks));
    return made.orElseGet(() -> new ListingBodies(new Snapshot(contents), marks));
  }

  /**
   * The last scan.
   *
   * @param changes the catalogue's change counter before the scan
   * @param glancedAt time of the last scan of directories
   * @param inspectedAt time of the last scan of all files
   * @param inspectionPause how long that is valid, in milliseconds
   * @param looks the results
   * @param bodies the responses; null before the first scan
   */
  private record State(
      long changes,
      long glancedAt,
      long inspectedAt,
      long inspectionPause,
      SortedMap<RepositoryName, RepositoryScan> looks,
      ListingBodies bodies) {

    static State nothing() {
      return new State(-1, 0, 0, 0, new TreeMap<>(), null);
    }
  }
}
