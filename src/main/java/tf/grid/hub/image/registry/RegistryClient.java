package tf.grid.hub.image.registry;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import tf.grid.hub.image.Credentials;
import tf.grid.hub.image.PullException.SourceUnreachableException;
import tf.grid.hub.image.http.Origin;
import tf.grid.hub.image.http.RedirectingHttp;
import tf.grid.hub.image.http.RegistryHttp;
import tf.grid.hub.image.reference.ImageReference;
import tf.grid.hub.image.reference.Platform;
import tf.grid.hub.image.reference.RegistryName;
import tf.grid.hub.progress.Progress;

/** Finds images in registries. Thread-safe. */
public final class RegistryClient {

  /** The host of Docker Hub's registry differs from the name that users write. */
  private static final String DOCKER_HUB = "registry-1.docker.io";

  private final RegistryHttp http;
  private final RetryPolicy retryPolicy;
  private final long mostBytes;

  /**
   * Creates a client.
   *
   * @param http sends the requests; not closed by this client
   * @param retryPolicy for temporary failures of registries
   * @param mostBytes maximum bytes of an image, with compressed layers
   */
  public RegistryClient(RegistryHttp http, RetryPolicy retryPolicy, long mostBytes) {
    this.http = http;
    this.retryPolicy = retryPolicy;
    this.mostBytes = mostBytes;
  }

  /**
   * Finds an image; fetches and verifies its manifest and configuration.
   *
   * @param credentials sent to this registry if it asks for them, and to its token server if that
   *     is in the same domain or trusted by the operator
   * @param progress receives the bytes of layers
   * @throws tf.grid.hub.image.PullException if it cannot be fetched
   * @throws java.io.InterruptedIOException if the thread was interrupted
   */
  public RegistryImage open(
      ImageReference reference,
      Platform platform,
      Optional<Credentials> credentials,
      Progress progress)
      throws IOException {
    RedirectingHttp following = new RedirectingHttp(http);
    URI base = root(reference.registry()).resolve("v2/" + reference.repository() + "/");
    CredentialScope confidants = new CredentialScope(Origin.of(base), http::trusts);
    RegistryAuthorization authorization =
        new RegistryAuthorization(following, confidants, reference.repository(), credentials);
    RegistrySession session = new RegistrySession(following, base, authorization, retryPolicy);
    return new ImageSearch(session, reference, platform, mostBytes).find(progress);
  }

  /** The base URL of a registry: with TLS, unless the operator allows HTTP. */
  private URI root(RegistryName registry) throws IOException {
    String host = registry.isDockerHub() ? DOCKER_HUB : registry.value();
    URI encrypted = URI.create("https://" + host + "/");
    if (!http.trusts(Origin.of(encrypted))) {
      return encrypted;
    }
    try {
      http.get(encrypted.resolve("v2/"), Map.of()).close();
      return encrypted;
    } catch (SourceUnreachableException e) {
      return URI.create("http://" + host + "/");
    }
  }
}
