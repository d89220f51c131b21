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
 * A container engine that pulls images for the hub. Images that the engine already has are pulled
 * again, because only the registry knows who may access them. Connects when the first image is
 * requested. Thread-safe.
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
   * Does not connect yet.
   *
   * @param host its socket, {@code unix:///path} or {@code tcp://host:port}
   * @param guard decides which registries the engine may be used for
   * @param hub identifies this hub among other users of the engine; the same after a restart
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

  /** Removes containers left by a killed hub; none of them is in use at this point. */
  private void removeLeftovers() {
    Map<String, String> label = Map.of(EngineImage.LABEL, hub);
    for (Container left :
        client.listContainersCmd().withShowAll(true).withLabelFilter(label).exec()) {
      EngineImage.remove(client, left.getId());
      PreviousImageTag.of(left.getLabels()).ifPresent(former -> former.restore(client));
    }
  }

  /**
   * Pulls an image and creates a container, which is never started.
   *
   * @param credentials passed to the registry by the engine
   * @param progress receives the bytes pulled by the engine
   * @return closing it removes everything that was created
   * @throws tf.grid.hub.image.PullException if the image is unavailable
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

  /** Cleans up after running conversions and closes the connection. */
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
