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
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.name.RepositoryName;

/**
 * What is in the catalogue now. Changes made through the hub show at once; what somebody does by
 * hand shows after the next look at the disk, which requests make from time to time: at the
 * directories twice a second, at every file less often if there are many. Threads may share it; one
 * looks, the others are answered from what is known.
 */
public final class Listings {

  private static final System.Logger LOG = System.getLogger(Listings.class.getName());

  /** How long what is known of directories is good, in milliseconds. */
  private static final long GLANCE_MILLIS = 500;

  /** The same for files that are changed in place, which directories do not tell. */
  private static final long INSPECTION_MILLIS = 1_000;

  /** Inspections take at most this part of one processor's time: one in twenty. */
  private static final long INSPECTION_SHARE = 20;

  private final Catalogue catalogue;
  private final Set<String> official;
  private final Clock clock;
  private final ReentrantLock looking = new ReentrantLock();
  private volatile State state = State.nothing();

  /**
   * Listings of a catalogue.
   *
   * @param official the repositories that are marked as official
   */
  public Listings(Catalogue catalogue, Set<String> official, Clock clock) {
    this.catalogue = catalogue;
    this.official = Set.copyOf(official);
    this.clock = clock;
  }

  /** The answers about the catalogue as it is now. */
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

  private boolean isDue(State known) {
    return Math.abs(clock.millis() - known.glancedAt()) >= GLANCE_MILLIS;
  }

  /** Looks again, unless another thread has done so while this one waited. */
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
      Path path = catalogue.users().of(repository);
      RepositoryScan before = known.looks().get(repository);
      if (!inspect && before != null && before.isCurrent(path)) {
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

  /** The answers that are made already, if they still are right. */
  private ListingBodies bodies(State known, SortedMap<RepositoryName, RepositoryScan> looks) {
    SortedMap<RepositoryName, RepositoryContent> contents = new TreeMap<>();
    looks.forEach((repository, look) -> contents.put(repository, look.content()));
    Optional<ListingBodies> made =
        Optional.ofNullable(known.bodies()).filter(bodies -> bodies.snapshot().isOf(contents));
    return made.orElseGet(() -> new ListingBodies(new Snapshot(contents), official));
  }

  /**
   * What is known of the disk.
   *
   * @param changes the catalogue's number of changes before the look
   * @param glancedAt when the directories were last looked at
   * @param inspectedAt when every file was last looked at
   * @param inspectionPause how long that is good, in milliseconds
   * @param looks what was found
   * @param bodies the answers about it; null before the first look
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
