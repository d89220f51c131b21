package tf.grid.hub.catalogue;

import java.util.SortedMap;
import tf.grid.hub.catalogue.name.RepositoryName;

/** Reads all repositories of a catalogue again and again. Not thread-safe. */
public interface CatalogueReader {

  /**
   * Whether a change may have been made that {@link Catalogue#changes} does not count. May be
   * called by any thread.
   */
  boolean isDue();

  /**
   * The content of all repositories; as far as it cannot be read, what was read before.
   *
   * @return in code point order; equal to the former result if nothing has changed
   */
  SortedMap<RepositoryName, RepositoryContent> read();
}
