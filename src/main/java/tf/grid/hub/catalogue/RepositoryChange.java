package tf.grid.hub.catalogue;

import java.io.IOException;

/**
 * A change of the names in a repository.
 *
 * @param <T> what comes of it
 */
@FunctionalInterface
public interface RepositoryChange<T> {

  /**
   * Makes it.
   *
   * @throws IOException if the disk fails
   * @throws tf.grid.hub.catalogue.name.CatalogueRefusal if it cannot be granted, before any step
   */
  T in(OpenRepository repository) throws IOException;
}
