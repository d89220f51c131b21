package tf.grid.hub.catalogue.statistics;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts of a hub without others, in memory and in a file. There is an entry for each flist that
 * was downloaded and still exists. Thread-safe.
 */
final class CountsInFile implements DownloadCounts {
  private static final Logger LOG = System.getLogger(CountsInFile.class.getName());

  private final Path users;
  private final Clock clock;
  private final DownloadLog log;
  private final Map<String, DownloadCount> counts = new ConcurrentHashMap<>();
  private final Set<String> changed = ConcurrentHashMap.newKeySet();
  private boolean failing;

  private CountsInFile(Path users, DownloadLog log, Clock clock) {
    this.users = users;
    this.log = log;
    this.clock = clock;
  }

  /** As {@link DownloadCounts#open}. */
  static CountsInFile open(Path file, Path users, Clock clock) throws IOException {
    DownloadLog log = new DownloadLog(file);
    CountsInFile opened = new CountsInFile(users.toAbsolutePath().normalize(), log, clock);
    log.read(clock.instant(), opened.counts);
    opened.rewrite();
    return opened;
  }

  @Override
  public Instant since() {
    return log.since();
  }

  @Override
  public DownloadCount of(Path file) {
    return counts.getOrDefault(key(file), DownloadCount.NONE);
  }

  @Override
  public DownloadCount exactly(Path file) {
    return of(file);
  }

  @Override
  public void downloaded(Path file) {
    String key = key(file);
    long now = clock.instant().getEpochSecond();
    counts.compute(key, (same, old) -> (old == null ? DownloadCount.NONE : old).downloaded(now));
    changed.add(key);
  }

  @Override
  public void used(Path file) {
    String key = key(file);
    long now = clock.instant().getEpochSecond();
    counts.compute(key, (same, old) -> (old == null ? DownloadCount.NONE : old).used(now));
    changed.add(key);
  }

  @Override
  public void renamed(Path from, Path to) {
    if (from.equals(to)) {
      return;
    }
    DownloadCount moved = counts.remove(key(from));
    if (moved == null) {
      counts.remove(key(to));
    } else {
      counts.put(key(to), moved);
    }
    changed.add(key(from));
    changed.add(key(to));
  }

  @Override
  public void deleted(Path file) {
    if (counts.remove(key(file)) != null) {
      changed.add(key(file));
    }
  }

  /** Independent of where the data directory is. */
  private String key(Path file) {
    Path path = file.toAbsolutePath().normalize();
    return (path.startsWith(users) ? users.relativize(path) : path).toString();
  }

  @Override
  public synchronized void flush() {
    List<String> keys = List.copyOf(changed);
    if (keys.isEmpty()) {
      return;
    }
    // Before the values are read: what changes meanwhile is written once more.
    keys.forEach(changed::remove);
    Map<String, DownloadCount> lines = new HashMap<>();
    keys.forEach(key -> lines.put(key, counts.getOrDefault(key, DownloadCount.NONE)));
    try {
      log.append(lines);
      if (log.isWorthRewriting(counts.size())) {
        rewrite();
      }
      failing = false;
    } catch (IOException e) {
      changed.addAll(keys);
      if (!failing) {
        LOG.log(Level.WARNING, "counts of downloads cannot be written: {0}", e.toString());
      }
      failing = true;
    }
  }

  /** Forgets flists that were removed by hand, unless their directory is gone too. */
  private void rewrite() throws IOException {
    counts
        .keySet()
        .removeIf(
            key -> {
              Path file = users.resolve(key);
              return Files.isDirectory(file.getParent()) && Files.notExists(file);
            });
    log.rewrite(counts);
  }

  @Override
  public void close() throws IOException {
    flush();
    log.close();
  }
}
