package tf.grid.hub.wiring.producer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.listing.Listings;
import tf.grid.hub.search.CatalogueSearch;
import tf.grid.hub.search.PathIndexer;
import tf.grid.hub.wiring.ShutdownActions;
import tf.grid.hub.wiring.WorkDirectory.Scratch;
import tf.grid.hub.wiring.config.HubConfiguration;
import tf.grid.hub.wiring.config.HubConfiguration.SearchOptions;

/** Produces the search. */
@ApplicationScoped
public class SearchProducer {

  @Produces
  @Singleton
  PathIndexer paths(
      HubConfiguration configuration,
      Catalogue catalogue,
      Listings listings,
      Scratch scratch,
      ShutdownActions closing) {
    SearchOptions options = configuration.search();
    return closing.later(
        new PathIndexer(
            catalogue, listings, options.directory(), scratch.path(), options.indexBytes()));
  }

  @Produces
  @Singleton
  CatalogueSearch search(Listings listings, PathIndexer paths, Clock clock) {
    return new CatalogueSearch(listings, paths, clock);
  }
}
