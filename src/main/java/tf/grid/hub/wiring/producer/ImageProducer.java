package tf.grid.hub.wiring.producer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import tf.grid.hub.build.chunking.ChunkPipeline;
import tf.grid.hub.build.layer.LayerBuilder;
import tf.grid.hub.build.limit.ArchiveLimits;
import tf.grid.hub.build.limit.EntryBudget;
import tf.grid.hub.image.engine.Engine;
import tf.grid.hub.image.engine.EngineSource;
import tf.grid.hub.image.engine.FallbackSource;
import tf.grid.hub.image.layer.KnownLayers;
import tf.grid.hub.image.net.AddressGuard;
import tf.grid.hub.image.net.AddressGuard.NameLookup;
import tf.grid.hub.image.net.GuardedHttp;
import tf.grid.hub.image.reference.Digest;
import tf.grid.hub.image.registry.RegistryClient;
import tf.grid.hub.image.registry.RetryPolicy;
import tf.grid.hub.image.source.ImageSource;
import tf.grid.hub.image.source.RegistrySource;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.wiring.ShutdownActions;
import tf.grid.hub.wiring.config.HubConfiguration;
import tf.grid.hub.wiring.config.ImageSettings;

/** Produces the services that convert container images. */
@ApplicationScoped
public class ImageProducer {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofSeconds(60);
  private static final long KNOWN_LAYERS_BYTES = 1L << 30;

  @Produces
  @Singleton
  LayerBuilder layers(
      ChunkPipeline pipeline,
      ChunkStore store,
      EntryBudget budget,
      ArchiveLimits limits,
      Ticker ticker) {
    return new LayerBuilder(pipeline, store, budget, limits, ticker);
  }

  @Produces
  @Singleton
  AddressGuard guard(HubConfiguration configuration) {
    ImageSettings settings = configuration.images();
    return new AddressGuard(
        settings.insecureRegistries(), settings.privateAddresses(), NameLookup.SYSTEM);
  }

  @Produces
  @Singleton
  GuardedHttp http(HubConfiguration configuration, AddressGuard guard, ShutdownActions closing)
      throws IOException {
    GuardedHttp http =
        GuardedHttp.open(guard, configuration.images().authorities(), CONNECT, SILENCE);
    closing.later(() -> http.close());
    return http;
  }

  @Produces
  @Singleton
  Engine engine(HubConfiguration configuration, AddressGuard guard, ShutdownActions closing) {
    return closing.later(new Engine(configuration.images().engine(), guard, nameOf(configuration)));
  }

  /**
   * A name that is unique among hubs at the same engine, even if they run in identical containers.
   */
  private static String nameOf(HubConfiguration configuration) {
    String own = configuration.site().publicUrl() + "\n" + configuration.directories().data();
    return Digest.of(own.getBytes(StandardCharsets.UTF_8)).hex();
  }

  @Produces
  @Singleton
  ImageSource source(
      HubConfiguration configuration, RegistrySource registries, EngineSource engine) {
    return switch (configuration.images().source()) {
      case AUTO -> new FallbackSource(registries, engine);
      case ENGINE -> engine;
      case REGISTRY -> registries;
    };
  }

  @Produces
  @Singleton
  @Typed(EngineSource.class)
  EngineSource byEngine(HubConfiguration configuration, Engine engine) {
    return new EngineSource(engine, configuration.limits().uploadBytes());
  }

  @Produces
  @Singleton
  KnownLayers layers(HubConfiguration configuration, Clock clock) throws IOException {
    return KnownLayers.open(
        configuration.directories().data().resolve("layers"), KNOWN_LAYERS_BYTES, clock);
  }

  @Produces
  @Singleton
  @Typed(RegistrySource.class)
  RegistrySource fromRegistries(
      HubConfiguration configuration, GuardedHttp http, KnownLayers known) {
    RegistryClient registries =
        new RegistryClient(http, RetryPolicy.USUAL, configuration.limits().uploadBytes());
    return new RegistrySource(registries, known);
  }
}
