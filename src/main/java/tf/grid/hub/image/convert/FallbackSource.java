package tf.grid.hub.image.convert;

import java.io.IOException;
import tf.grid.hub.build.ArchiveRejected;
import tf.grid.hub.build.layer.LayeredBuild;
import tf.grid.hub.image.pull.EngineUnavailable;
import tf.grid.hub.image.pull.SourceUnreachable;
import tf.grid.hub.image.registry.RegistryImage;

/**
 * Asks the registry, and the engine when the registry cannot be reached: an engine may have a proxy
 * or a mirror. What a registry refuses is not tried again with the engine, which may have
 * credentials of its own that are not for everyone. Threads may share it.
 */
public final class FallbackSource implements ImageSource {
  private final RegistrySource registries;
  private final EngineSource engine;

  /** Asks the one, then the other. */
  public FallbackSource(RegistrySource registries, EngineSource engine) {
    this.registries = registries;
    this.engine = engine;
  }

  @Override
  public FetchedImage fetch(WantedImage wanted, LayeredBuild build)
      throws IOException, ArchiveRejected {
    RegistryImage image;
    try {
      image = registries.find(wanted);
    } catch (SourceUnreachable unreachable) {
      return byEngine(wanted, build, unreachable);
    }
    return registries.fetch(wanted, image, build);
  }

  private FetchedImage byEngine(
      WantedImage wanted, LayeredBuild build, SourceUnreachable unreachable)
      throws IOException, ArchiveRejected {
    try {
      return engine.fetch(wanted, build);
    } catch (EngineUnavailable absent) {
      // Most hubs have no engine, and whoever asks is helped by the first reason.
      unreachable.addSuppressed(absent);
      throw unreachable;
    }
  }
}
