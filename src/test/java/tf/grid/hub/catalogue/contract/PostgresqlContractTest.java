package tf.grid.hub.catalogue.contract;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.catalogue.event.CatalogueEvent;
import tf.grid.hub.catalogue.postgresql.DatabaseCounts;
import tf.grid.hub.catalogue.postgresql.PostgresqlCatalogue;
import tf.grid.hub.catalogue.postgresql.PostgresqlServer;
import tf.grid.hub.catalogue.postgresql.connection.Database;
import tf.grid.hub.catalogue.postgresql.connection.QuickDatabase;
import tf.grid.hub.catalogue.quota.Quotas;

/** The contract, with names in a real PostgreSQL. */
@NeedsPrograms(PostgresqlServer.PROGRAM)
class PostgresqlContractTest extends CatalogueContract {

  @Override
  ChangedCatalogue open(Path data, Optional<Quotas> quotas) throws Exception {
    PostgresqlServer server = PostgresqlServer.shared();
    List<CatalogueEvent> events = ChangedCatalogue.events();
    Database database = Database.open(server.settings(server.newDatabase(), 4));
    PostgresqlCatalogue catalogue =
        PostgresqlCatalogue.open(database, data.resolve("cache"), 1 << 20, quotas, events::add);
    QuickDatabase quick = database.quick();
    return new ChangedCatalogue(
        catalogue,
        events,
        DatabaseCounts.open(database, quick, Clock.systemUTC()),
        () -> {
          quick.close();
          catalogue.close();
          database.close();
        });
  }
}
