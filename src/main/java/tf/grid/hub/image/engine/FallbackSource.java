package tf.grid.hub.image.engine;

import java.io.IOException;
import tf.grid.hub.build.layer.LayeredBuild;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.image.PullException.EngineUnavailableException;
import tf.grid.hub.image.PullException.NotConnectedException;
import tf.grid.hub.image.PullException.SourceUnreachableException;
import tf.grid.hub.image.registry.RegistryImage;
import tf.grid.hub.image.source.ImageSource;
import tf.grid.hub.image.source.ImageSource.FetchedImage;
import tf.grid.hub.image.source.ImageSource.WantedImage;
import tf.grid.hub.image.source.RegistrySource;

/**
 * Fetches images from the registry, and through the engine if the registry is unreachable: the
 * engine may have a proxy or a mirror. If the registry has responded, the engine is not used,
 * because it may have credentials that are not for every user and follows all redirects. The engine
 * never receives credentials of users. Thread-safe.
 */
public final class FallbackSource implements ImageSource {
  private final RegistrySource registries;
  private final EngineSource engine;

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
      // Most hubs have no engine, so the first reason is more helpful.
      unreachable.addSuppressed(absent);
      throw unreachable;
    }
  }
}
