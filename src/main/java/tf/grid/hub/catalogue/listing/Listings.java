package tf.grid.hub.catalogue.listing;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.CatalogueReader;
import tf.grid.hub.catalogue.RepositoryContent;
import tf.grid.hub.catalogue.name.RepositoryName;

/**
 * The current content of the catalogue. Changes made through the hub are visible immediately.
 * Thread-safe; one thread reads the catalogue while the others use the previous result.
 */
public final class Listings {

  private final Catalogue catalogue;
  private final CatalogueReader reader;
  private final Supplier<Set<String>> official;
  private final ReentrantLock looking = new ReentrantLock();
  private volatile State state = new State(-1, null);

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
    this.reader = catalogue.reader(clock);
    this.official = official;
  }

  /** Returns the responses for the current catalogue. */
  public ListingBodies current() {
    State known = state;
    if (known.changes() != catalogue.changes()) {
      looking.lock();
    } else if (!reader.isDue() || !looking.tryLock()) {
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

  /** Reads again, unless another thread has done so while this one waited. */
  private State look() {
    State known = state;
    if (known.changes() == catalogue.changes() && !reader.isDue()) {
      return known;
    }
    long changes = catalogue.changes();
    State next = new State(changes, bodies(known, reader.read()));
    state = next;
    return next;
  }

  /** Returns the existing responses if they are still valid. */
  private ListingBodies bodies(State known, SortedMap<RepositoryName, RepositoryContent> contents) {
    Set<String> marks = official.get();
    Optional<ListingBodies> made =
        Optional.ofNullable(known.bodies())
            .filter(bodies -> bodies.snapshot().isOf(contents) && bodies.isMarkedAs(marks));
    return made.orElseGet(() -> new ListingBodies(new Snapshot(contents), marks));
  }

  /**
   * The last result.
   *
   * @param changes the catalogue's change counter before the reading
   * @param bodies the responses; null before the first reading
   */
  private record State(long changes, ListingBodies bodies) {}
}
