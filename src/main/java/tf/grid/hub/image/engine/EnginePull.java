package tf.grid.hub.image.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.PullImageCmd;
import com.github.dockerjava.api.model.AuthConfig;
import java.io.IOException;
import java.util.Optional;
import tf.grid.hub.image.Credentials;
import tf.grid.hub.image.reference.ImageReference;
import tf.grid.hub.image.reference.Platform;
import tf.grid.hub.progress.Progress;

/** Pulls an image through an engine. For a single use. */
final class EnginePull {

  private final DockerClient client;
  private final ImageReference reference;
  private final Platform platform;

  EnginePull(DockerClient client, ImageReference reference, Platform platform) {
    this.client = client;
    this.reference = reference;
    this.platform = platform;
  }

  /** The complete name of an image, with all optional parts. */
  static String nameOf(ImageReference reference) {
    return reference.registry()
        + "/"
        + reference.repository()
        + (reference.digest().isPresent() ? "@" : ":")
        + reference.version();
  }

  void run(Optional<Credentials> credentials, Progress progress) throws IOException {
    String name = nameOf(reference);
    PullImageCmd pull = client.pullImageCmd(name).withPlatform(platform.toString());
    credentials.map(this::authentication).ifPresent(pull::withAuthConfig);
    try (PullEvents events = new PullEvents(name, progress)) {
      EngineErrors.translated(name, () -> pull.exec(events));
      events.await();
    }
  }

  private AuthConfig authentication(Credentials credentials) {
    return new AuthConfig()
        .withRegistryAddress(reference.registry().toString())
        .withUsername(credentials.user())
        .withPassword(credentials.password());
  }
}
