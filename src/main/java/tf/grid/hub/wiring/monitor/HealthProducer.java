package tf.grid.hub.wiring.monitor;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import tf.grid.hub.account.token.Tokens;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.health.HealthCheck;
import tf.grid.hub.health.HealthMonitor;
import tf.grid.hub.health.HealthNote;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.mirror.MirrorStatus;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.wiring.ShutdownActions;
import tf.grid.hub.wiring.config.HubConfiguration;

/** Decides what a hub needs to be ready. */
@ApplicationScoped
public class HealthProducer {

  @Produces
  @Singleton
  HealthMonitor monitor(
      HubConfiguration configuration,
      ChunkStore store,
      Catalogue catalogue,
      Tokens tokens,
      MirrorStatus mirror,
      Ticker ticker,
      ShutdownActions closing) {
    boolean readOnly = !configuration.publishes();
    Collection<Path> disks = configuration.disks().values();
    long least = configuration.monitoring().freeBytes();
    List<HealthCheck> checks =
        List.of(
            new HealthCheck("store", "the chunk store cannot be reached or used", store::probe),
            new HealthCheck(
                "catalogue",
                (configuration.catalogue().isDirectory()
                        ? "the directory of flists"
                        : "the database")
                    + (readOnly ? " cannot be read" : " cannot be written"),
                readOnly ? catalogue::probeReading : catalogue::probeWriting),
            new HealthCheck(
                "disk", "a disk is almost full", () -> disks.forEach(at -> requireRoom(at, least))),
            new HealthCheck("ledger", "the token ledger cannot be written", tokens::probe));
    List<HealthNote> notes =
        mirror.source().isPresent()
            ? List.of(new HealthNote("mirror", mirror::complaint))
            : List.of();
    return closing.later(HealthMonitor.of(checks, notes, ticker));
  }

  private static void requireRoom(Path directory, long least) {
    try {
      long free = Files.getFileStore(directory).getUsableSpace();
      if (free < least) {
        throw new IllegalStateException(
            directory + " has " + free + " bytes left, hub.health.free-bytes is " + least);
      }
    } catch (IOException e) {
      throw new IllegalStateException(directory + " cannot be examined: " + e, e);
    }
  }
}
