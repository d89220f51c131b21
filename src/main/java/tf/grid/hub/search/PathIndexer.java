package tf.grid.hub.search;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.digest.FlistFile;
import tf.grid.hub.catalogue.listing.ListingBodies;
import tf.grid.hub.catalogue.listing.ListingEntry;
import tf.grid.hub.catalogue.listing.Listings;
import tf.grid.hub.catalogue.listing.Snapshot;
import tf.grid.hub.catalogue.name.CatalogueException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.FlistRejectedException;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.TruncatedFiles;
import tf.grid.hub.flist.file.FlistReader;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.search.index.FlistVersion;
import tf.grid.hub.search.index.PathIndex;
import tf.grid.hub.search.index.PathMatches;
import tf.grid.hub.search.index.PathQuery;

/**
 * Keeps an index of the paths in all flists of a catalogue, in a thread of its own that uses at
 * most half of a core. It compares the index with the catalogue, so it notices every change,
 * whatever made it, and continues where it was after a restart. Thread-safe.
 */
public final class PathIndexer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(PathIndexer.class.getName());

  private static final long PAUSE_MILLIS = 1_000;
  private static final long PAUSE_AFTER_FAILURE_MILLIS = 60_000;

  /** After so long, what was indexed is committed, and the catalogue is listed again. */
  private static final Duration ROUND = Duration.ofSeconds(10);

  /** Listing the versions of all flists uses at most one in this many parts of time. */
  private static final long LISTING_SHARE = 20;

  private final Catalogue catalogue;
  private final Listings listings;
  private final Path directory;
  private final Path workDir;
  private final long mostBytes;
  private final Thread thread = new Thread(this::work, "path-indexer");
  private final CountDownLatch closed = new CountDownLatch(1);

  private final Set<FlistVersion> unreadable = new HashSet<>();
  private long seenChanges = -1;
  private ListingBodies seen;
  private boolean full;
  private volatile PathIndex index;
  private volatile Map<String, FlistVersion> versions = Map.of();
  private volatile int waiting;

  /**
   * Creates an indexer that does nothing until it is started.
   *
   * @param directory of the index, which belongs to it alone
   * @param workDir for databases of flists that do not fit in memory
   * @param mostBytes size of the index above which no flist is added; zero turns the index off
   */
  public PathIndexer(
      Catalogue catalogue, Listings listings, Path directory, Path workDir, long mostBytes) {
    this.catalogue = catalogue;
    this.listings = listings;
    this.directory = directory;
    this.workDir = workDir;
    this.mostBytes = mostBytes;
  }

  /** Starts the thread, unless the index may have no bytes. */
  public void start() {
    if (mostBytes > 0) {
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void work() {
    try {
      long pause = 0;
      while (!closed.await(pause, TimeUnit.MILLISECONDS)) {
        pause = updateOrPause();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closeIndex();
    }
  }

  private long updateOrPause() throws InterruptedException {
    try {
      if (index == null) {
        index = PathIndex.openOrReplace(directory);
      }
      return update();
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, "the index of paths in {0} cannot be used: {1}", directory, e);
      closeIndex();
      return PAUSE_AFTER_FAILURE_MILLIS;
    }
  }

  /** Adds and deletes what has changed, and returns the milliseconds until the next call. */
  private long update() throws IOException, InterruptedException {
    long changes = catalogue.changes();
    if (changes == seenChanges && waiting == 0 && listings.latest().orElse(null) == seen) {
      // Manual changes are noticed with the next request for a listing or a search.
      return PAUSE_MILLIS;
    }
    ListingBodies now = listings.current();
    long start = Ticker.SYSTEM.nanos();
    Map<FlistVersion, Long> wanted = versions(now.snapshot());
    long listing = TimeUnit.NANOSECONDS.toMillis(Ticker.SYSTEM.nanos() - start);
    Set<FlistVersion> known = index.flists();
    index.delete(known.stream().filter(flist -> !wanted.containsKey(flist)).toList());
    unreadable.retainAll(wanted.keySet());
    List<FlistVersion> missing =
        wanted.keySet().stream()
            .filter(flist -> !known.contains(flist) && !unreadable.contains(flist))
            .sorted(Comparator.comparing(wanted::get, Comparator.reverseOrder()))
            .toList();
    waiting = missing.size();
    add(missing, start);
    index.commit();
    seenChanges = changes;
    seen = now;
    return waiting > 0 && !full ? 0 : Math.max(PAUSE_MILLIS, LISTING_SHARE * listing);
  }

  /** The versions of all flists with their modification times. */
  private Map<FlistVersion, Long> versions(Snapshot snapshot) throws IOException {
    Map<FlistVersion, Long> found = new HashMap<>();
    Map<String, FlistVersion> byName = new HashMap<>();
    for (RepositoryName repository : snapshot.repositories()) {
      Map<String, FlistFile> files = catalogue.flists(repository);
      for (ListingEntry entry : snapshot.entries(repository).orElseThrow()) {
        if (entry instanceof ListingEntry.Regular) {
          version(repository, entry.name(), files)
              .ifPresent(
                  version -> {
                    found.put(version, entry.updated());
                    byName.put(key(repository, entry.name()), version);
                  });
        }
      }
    }
    versions = byName;
    return found;
  }

  private static Optional<FlistVersion> version(
      RepositoryName repository, String name, Map<String, FlistFile> files) throws IOException {
    FlistFile file = files.get(name);
    if (file == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(FlistVersion.of(repository.value(), name, file.version()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static String key(RepositoryName repository, String name) {
    return repository + "/" + name;
  }

  private void add(List<FlistVersion> missing, long roundStart)
      throws IOException, InterruptedException {
    int left = missing.size();
    for (FlistVersion flist : missing) {
      long start = Ticker.SYSTEM.nanos();
      if (start - roundStart > ROUND.toNanos() || isFull()) {
        return;
      }
      add(flist);
      left--;
      waiting = left;
      // Uses at most half of a core, because uploads need the cores.
      if (closed.await(Ticker.SYSTEM.nanos() - start, TimeUnit.NANOSECONDS)) {
        return;
      }
    }
  }

  private boolean isFull() throws IOException {
    boolean before = full;
    full = index.size() >= mostBytes;
    if (full && !before) {
      LOG.log(
          Level.WARNING,
          "the index of paths has reached {0} bytes (hub.search.index-bytes): {1} flists are not"
              + " found by their paths",
          mostBytes,
          waiting);
    }
    return full;
  }

  private void add(FlistVersion flist) throws IOException {
    RepositoryName repository = new RepositoryName(flist.repository());
    try (FileChannel file =
            catalogue.entries().locate(repository, FlistName.parse(flist.name())).open();
        InputStream in = Channels.newInputStream(file);
        FlistReader reader =
            FlistReader.open(in, workDir, FlistLimits.DEFAULT, TruncatedFiles.SHOWN)) {
      index.add(flist, visitor -> walk(reader, visitor));
    } catch (FlistRejectedException e) {
      // Its pages show the reason.
      unreadable.add(flist);
    } catch (CatalogueException e) {
      // It was renamed or deleted, which the next round sees.
      LOG.log(Level.DEBUG, "{0} is gone: {1}", flist, e.getMessage());
    }
  }

  private static long walk(FlistReader reader, PathIndex.PathVisitor visitor) throws IOException {
    long[] contentBytes = new long[1];
    reader.walk(
        (path, node) -> {
          visitor.path(path.bytes());
          if (node instanceof FileNode file) {
            contentBytes[0] += file.size();
          }
        });
    return contentBytes[0];
  }

  /**
   * Finds flists by paths in them.
   *
   * @param preferred repositories whose flists come first among those of the same rank
   * @return nothing while the index is not open
   */
  public PathMatches find(String text, Set<String> preferred) throws IOException {
    PathIndex open = index;
    return open == null ? PathMatches.NONE : open.find(PathQuery.of(text), preferred);
  }

  /** Size of all files of a flist in bytes; empty if it is not in the index. */
  public OptionalLong contentBytes(RepositoryName repository, String name) {
    FlistVersion version = versions.get(key(repository, name));
    PathIndex open = index;
    return version == null || open == null ? OptionalLong.empty() : open.contentBytes(version);
  }

  /** Number of flists that are not in the index yet. */
  public int waiting() {
    return waiting;
  }

  private void closeIndex() {
    PathIndex open = index;
    index = null;
    seenChanges = -1;
    if (open != null) {
      try {
        open.close();
      } catch (IOException | RuntimeException e) {
        LOG.log(Level.DEBUG, "closing the index of paths failed", e);
      }
    }
  }

  /** Ends the thread, which then closes the index. */
  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join(ROUND.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
