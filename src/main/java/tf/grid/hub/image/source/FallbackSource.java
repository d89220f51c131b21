package tf.grid.hub.image.source;

import java.io.IOException;
import tf.grid.hub.build.ArchiveException;
import tf.grid.hub.build.layer.LayeredBuild;
import tf.grid.hub.image.PullException.EngineUnavailableException;
import tf.grid.hub.image.PullException.NotConnectedException;
import tf.grid.hub.image.PullException.SourceUnreachableException;
import tf.grid.hub.image.registry.RegistryImage;
import tf.grid.hub.image.source.ImageSource.FetchedImage;
import tf.grid.hub.image.source.ImageSource.WantedImage;

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
      throws IOException, ArchiveException {
    RegistryImage image;
    try {
      image = registries.find(wanted);
    } catch (NotConnectedException unreachable) {
      refusePassword(wanted, unreachable);
      return byEngine(wanted, build, unreachable);
    }
    return registries.fetch(wanted, image, build);
  }

  private static void refusePassword(WantedImage wanted, NotConnectedException unreachable)
      throws SourceUnreachableException {
    if (wanted.credentials().isPresent()) {
      throw new SourceUnreachableException(
          unreachable.getMessage()
              + "; a container engine is not asked instead, since it is not given passwords",
          unreachable);
    }
  }

  private FetchedImage byEngine(
      WantedImage wanted, LayeredBuild build, NotConnectedException unreachable)
      throws IOException, ArchiveException {
    try {
      return engine.fetch(wanted, build);
    } catch (EngineUnavailableException absent) {
      // Most hubs have no engine, and whoever asks is helped by the first reason.
      unreachable.addSuppressed(absent);
      throw unreachable;
    }
  }
}
