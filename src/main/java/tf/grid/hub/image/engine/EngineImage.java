package tf.grid.hub.image.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.core.DockerClientConfig;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tf.grid.hub.image.PullException.MalformedImageException;
import tf.grid.hub.image.PullException.UnsupportedImageException;
import tf.grid.hub.image.reference.Digest;
import tf.grid.hub.image.reference.InvalidReferenceException;
import tf.grid.hub.image.reference.Platform;

/**
 * A pulled image with a container that can be exported. Not thread-safe, except for {@link
 * #close()}.
 */
public final class EngineImage implements AutoCloseable {

  /** The label of containers; its value identifies the hub that created them. */
  static final String LABEL = "tf.grid.hub";

  private final DockerClient client;
  private final PreviousImageTag former;
  private final InspectImageResponse inspected;
  private final String container;
  private final Consumer<EngineImage> closed;

  private EngineImage(
      DockerClient client,
      PreviousImageTag former,
      InspectImageResponse inspected,
      String container,
      Consumer<EngineImage> closed) {
    this.client = client;
    this.former = former;
    this.inspected = inspected;
    this.container = container;
    this.closed = closed;
  }

  /**
   * Creates the container.
   *
   * @param former the previous tag of the image's name
   * @param hub identifies this hub
   */
  static EngineImage of(
      DockerClient client,
      PreviousImageTag former,
      InspectImageResponse inspected,
      Platform platform,
      String hub,
      Consumer<EngineImage> closed)
      throws IOException {
    String name = former.name();
    refuseOther(name, inspected, platform);
    Map<String, String> labels = new HashMap<>(former.labels());
    labels.put(LABEL, hub);
    String container =
        EngineErrors.translated(
            name,
            () ->
                client
                    .createContainerCmd(inspected.getId())
                    // Never executed, but required for images without a command.
                    .withCmd("/nothing")
                    .withLabels(labels)
                    .exec()
                    .getId());
    return new EngineImage(client, former, inspected, container, closed);
  }

  private static void refuseOther(String name, InspectImageResponse image, Platform wanted)
      throws UnsupportedImageException {
    boolean same =
        wanted.os().equals(image.getOs())
            && (image.getArch() == null
                || wanted.architecture().equals(architecture(image.getOs(), image.getArch())));
    if (!same) {
      throw new UnsupportedImageException("the image " + name + " is not for " + wanted);
    }
  }

  private static String architecture(String os, String name) throws UnsupportedImageException {
    try {
      return Platform.of(os, name, "").architecture();
    } catch (InvalidReferenceException e) {
      throw new UnsupportedImageException("the image names a platform that nobody else does");
    }
  }

  PreviousImageTag former() {
    return former;
  }

  /** The digest of the image's configuration, which is its id. */
  public Digest id() {
    String id = inspected.getId();
    // Podman omits the algorithm.
    return Digest.parse(id.indexOf(':') < 0 ? "sha256:" + id : id);
  }

  /** The digest of the image in the registry, if the engine reports it. */
  public Optional<Digest> digest() {
    List<String> digests = inspected.getRepoDigests();
    return digests == null
        ? Optional.empty()
        : digests.stream()
            .filter(entry -> entry.indexOf('@') > 0)
            .map(entry -> Digest.parse(entry.substring(entry.indexOf('@') + 1)))
            .findFirst();
  }

  /**
   * The configuration as stored in registries: an object with {@code architecture}, {@code os},
   * {@code created}, {@code config} and {@code rootfs}.
   */
  public byte[] config() throws MalformedImageException {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("architecture", inspected.getArch());
    config.put("os", inspected.getOs());
    config.put("created", inspected.getCreated());
    config.put("config", inspected.getConfig());
    if (inspected.getRootFS() != null) {
      config.put("rootfs", Map.of("type", "layers", "diff_ids", inspected.getRootFS().getLayers()));
    }
    try {
      return DockerClientConfig.getDefaultObjectMapper().writeValueAsBytes(config);
    } catch (JsonProcessingException e) {
      throw new MalformedImageException(
          "the engine describes the image " + former.name() + " in an unknown way", e);
    }
  }

  /**
   * Streams all files of the image as an uncompressed tar archive. Docker adds and empties some
   * files; see docs/images.md.
   *
   * @param mostBytes maximum size; beyond it, reading fails with an {@link
   *     UnsupportedImageException}
   * @return a stream to be closed; not thread-safe; an interrupt of the thread ends reading
   */
  public InputStream export(long mostBytes) throws IOException {
    return EngineErrors.translated(
        former.name(),
        () -> new ContainerExport(client.exportContainerCmd(container).exec(), mostBytes));
  }

  /**
   * Removes the container with its volumes, and the image unless the engine had it before; restores
   * the previous tag.
   */
  @Override
  public void close() {
    remove(client, container);
    closed.accept(this);
  }

  /** Removes a container with its volumes. */
  static void remove(DockerClient client, String container) {
    EngineCleanup.of(
        "container " + container,
        () -> client.removeContainerCmd(container).withForce(true).withRemoveVolumes(true).exec());
  }
}
