package tf.grid.hub.catalogue.postgresql;

import java.time.Clock;
import java.util.SortedMap;
import tf.grid.hub.catalogue.CatalogueReader;
import tf.grid.hub.catalogue.RepositoryContent;
import tf.grid.hub.catalogue.name.RepositoryName;

/** Reads the names in memory, and asks the database nothing. */
final class KnownRows implements CatalogueReader {

  private final CatalogueMemory memory;
  private final Clock clock;
  private final long pauseMillis;
  private volatile long readAt;

  /**
   * Reads names.
   *
   * @param pauseMillis after which the listings are looked at again, because other things in them
   *     may have changed
   */
  KnownRows(CatalogueMemory memory, Clock clock, long pauseMillis) {
    this.memory = memory;
    this.clock = clock;
    this.pauseMillis = pauseMillis;
  }

  @Override
  public boolean isDue() {
    return Math.abs(clock.millis() - readAt) >= pauseMillis;
  }

  @Override
  public SortedMap<RepositoryName, RepositoryContent> read() {
    readAt = clock.millis();
    return memory.known().contents();
  }
}
