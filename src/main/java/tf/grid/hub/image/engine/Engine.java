package tf.grid.hub.image.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.model.Container;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tf.grid.hub.image.Credentials;
import tf.grid.hub.image.net.AddressGuard;
import tf.grid.hub.image.reference.ImageReference;
import tf.grid.hub.image.reference.Platform;
import tf.grid.hub.progress.Progress;

/**
 * A container engine that pulls images for the hub. Images that it has already are pulled again all
 * the same: only the registry knows who may have them. Nothing is connected before the first image
 * is asked for. Threads may share it.
 */
public final class Engine implements AutoCloseable {

  private final EngineConnection connection;
  private final AddressGuard guard;
  private final String hub;
  private final ImageNameLocks names = new ImageNameLocks();
  private final Set<EngineImage> open = ConcurrentHashMap.newKeySet();
  private DockerClient client;
  private boolean swept;

  /**
   * An engine that may be there.
   *
   * @param host its socket, {@code unix:///path} or {@code tcp://host:port}
   * @param guard decides which registries it may be sent to
   * @param hub what tells this hub from others that use the engine, the same after a restart
   */
  public Engine(URI host, AddressGuard guard, String hub) {
    this.connection = new EngineConnection(host);
    this.guard = guard;
    this.hub = hub;
  }

  private synchronized DockerClient client() {
    if (client == null) {
      client = connection.open();
    }
    if (!swept) {
      removeLeftovers();
      swept = true;
    }
    return client;
  }

  /** A hub that was killed could not remove its containers; whatever is there now is not in use. */
  private void removeLeftovers() {
    Map<String, String> label = Map.of(EngineImage.LABEL, hub);
    for (Container left :
        client.listContainersCmd().withShowAll(true).withLabelFilter(label).exec()) {
      EngineImage.remove(client, left.getId());
      PreviousImageTag.of(left.getLabels()).ifPresent(former -> former.restore(client));
    }
  }

  /**
   * Pulls an image and makes a container of it, which is never started.
   *
   * @param credentials told to the engine, which tells them to the registry
   * @param progress told of bytes that the engine pulls
   * @return to be closed, which removes all that was made
   * @throws tf.grid.hub.image.PullException if the image cannot be had
   * @throws java.io.InterruptedIOException if the thread was interrupted
   */
  public EngineImage open(
      ImageReference reference,
      Platform platform,
      Optional<Credentials> credentials,
      Progress progress)
      throws IOException {
    guard.check(reference.registry());
    String name = EnginePull.nameOf(reference);
    names.enter(name);
    Optional<PreviousImageTag> former = Optional.empty();
    try {
      former =
          Optional.of(EngineErrors.translated(name, () -> PreviousImageTag.find(client(), name)));
      new EnginePull(client(), reference, platform).run(credentials, progress);
      InspectImageResponse inspected =
          EngineErrors.translated(name, () -> client().inspectImageCmd(name).exec());
      EngineImage image =
          EngineImage.of(client(), former.get(), inspected, platform, hub, this::closed);
      open.add(image);
      return image;
    } catch (IOException | RuntimeException e) {
      former.ifPresent(image -> image.restore(client()));
      names.leave(name);
      throw e;
    }
  }

  private void closed(EngineImage image) {
    if (open.remove(image)) {
      image.former().restore(client());
      names.leave(image.former().name());
    }
  }

  /** Removes what conversions that are still running made, and ends the connection. */
  @Override
  public void close() throws IOException {
    List.copyOf(open).forEach(EngineImage::close);
    synchronized (this) {
      if (client != null) {
        client.close();
      }
    }
  }
}
