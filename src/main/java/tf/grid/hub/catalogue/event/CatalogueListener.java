package tf.grid.hub.catalogue.event;

/** Is told of changes that were made through the hub, not of those made on disk. */
@FunctionalInterface
public interface CatalogueListener {

  /** Ignores everything. */
  CatalogueListener NONE = event -> {};

  /**
   * Is called after each change, before the request for it is answered, by any number of threads.
   * Must be fast and must not throw.
   */
  void changed(CatalogueEvent event);
}
