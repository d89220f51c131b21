package tf.grid.hub.image.convert;

import java.io.IOException;
import tf.grid.hub.build.ArchiveRejected;
import tf.grid.hub.build.layer.LayeredBuild;
import tf.grid.hub.image.pull.EngineUnavailable;
import tf.grid.hub.image.pull.NeverReached;
import tf.grid.hub.image.pull.SourceUnreachable;
import tf.grid.hub.image.registry.RegistryImage;

/**
 * Asks the registry, and the engine when no connection to the registry comes about: an engine may
 * have a proxy or a mirror. After any answer the engine is not asked: it may have credentials of
 * its own that are not for everyone, and follows a registry wherever that leads. It is never given
 * the credentials of users. Threads may share it.
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
    } catch (NeverReached unreachable) {
      refusePassword(wanted, unreachable);
      return byEngine(wanted, build, unreachable);
    }
    return registries.fetch(wanted, image, build);
  }

  private static void refusePassword(WantedImage wanted, NeverReached unreachable)
      throws SourceUnreachable {
    if (wanted.credentials().isPresent()) {
      throw new SourceUnreachable(
          unreachable.getMessage()
              + "; a container engine is not asked instead, since it is not given passwords",
          unreachable);
    }
  }

  private FetchedImage byEngine(WantedImage wanted, LayeredBuild build, NeverReached unreachable)
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
