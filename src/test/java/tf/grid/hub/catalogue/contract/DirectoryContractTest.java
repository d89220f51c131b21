package tf.grid.hub.catalogue.contract;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.digest.Md5Cache;
import tf.grid.hub.catalogue.directory.DirectoryCatalogue;
import tf.grid.hub.catalogue.event.CatalogueEvent;
import tf.grid.hub.catalogue.quota.Quotas;
import tf.grid.hub.catalogue.statistics.DownloadCounts;

/** The contract, with names in a directory. */
class DirectoryContractTest extends CatalogueContract {

  @Override
  ChangedCatalogue open(Path data, Optional<Quotas> quotas) throws Exception {
    Md5Cache md5s = Md5Cache.rememberedIn(data.resolve("md5s"), Clock.systemUTC());
    List<CatalogueEvent> events = ChangedCatalogue.events();
    Path users = data.resolve("users");
    Catalogue catalogue =
        DirectoryCatalogue.open(users, List.of(users), md5s, () -> false, quotas, events::add);
    DownloadCounts counts =
        DownloadCounts.open(data.resolve("downloads"), users, Clock.systemUTC());
    return new ChangedCatalogue(catalogue, events, counts, md5s);
  }
}
