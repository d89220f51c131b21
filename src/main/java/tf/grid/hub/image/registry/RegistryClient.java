package tf.grid.hub.image.registry;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import tf.grid.hub.image.net.FollowingHttp;
import tf.grid.hub.image.net.GuardedHttp;
import tf.grid.hub.image.net.Origin;
import tf.grid.hub.image.pull.Credentials;
import tf.grid.hub.image.pull.SourceUnreachable;
import tf.grid.hub.image.reference.ImageReference;
import tf.grid.hub.image.reference.Platform;
import tf.grid.hub.image.reference.RegistryName;
import tf.grid.hub.progress.Progress;

/** Finds images in registries. Threads may share it. */
public final class RegistryClient {

  /** Docker Hub's registry has another name than users write. */
  private static final String DOCKER_HUB = "registry-1.docker.io";

  private final GuardedHttp http;
  private final Patience patience;
  private final long mostBytes;

  /**
   * A client.
   *
   * @param http sends its requests; stays the caller's to close
   * @param patience with registries that fail in passing
   * @param mostBytes bytes of the largest image, layers as they are packed
   */
  public RegistryClient(GuardedHttp http, Patience patience, long mostBytes) {
    this.http = http;
    this.patience = patience;
    this.mostBytes = mostBytes;
  }

  /**
   * Finds an image: its manifest and configuration are fetched and checked.
   *
   * @param credentials told to this registry if it asks, and to the place where it gives tokens if
   *     that belongs to the same domain or the operator trusts it
   * @param progress told of bytes of layers
   * @throws tf.grid.hub.image.pull.PullFailure if it cannot be had
   * @throws java.io.InterruptedIOException if the thread was interrupted
   */
  public RegistryImage open(
      ImageReference reference,
      Platform platform,
      Optional<Credentials> credentials,
      Progress progress)
      throws IOException {
    FollowingHttp following = new FollowingHttp(http);
    URI base = root(reference.registry()).resolve("v2/" + reference.repository() + "/");
    Confidants confidants = new Confidants(Origin.of(base), http.guard());
    Authorization authorization =
        new Authorization(following, confidants, reference.repository(), credentials);
    Session session = new Session(following, base, authorization, patience);
    return new ImageSearch(session, reference, platform, mostBytes).find(progress);
  }

  /** Where a registry answers: by TLS, and only if the operator allows it without. */
  private URI root(RegistryName registry) throws IOException {
    String host = registry.isDockerHub() ? DOCKER_HUB : registry.value();
    URI encrypted = URI.create("https://" + host + "/");
    if (!http.guard().trusts(Origin.of(encrypted))) {
      return encrypted;
    }
    try {
      http.get(encrypted.resolve("v2/"), Map.of()).close();
      return encrypted;
    } catch (SourceUnreachable e) {
      return URI.create("http://" + host + "/");
    }
  }
}
