package tf.grid.hub.image.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.image.Credentials;
import tf.grid.hub.image.manifest.LayerDescriptor;
import tf.grid.hub.image.net.AddressGuard;
import tf.grid.hub.image.net.AddressGuard.NameLookup;
import tf.grid.hub.image.net.GuardedHttp;
import tf.grid.hub.image.reference.ImageReference;
import tf.grid.hub.image.reference.Platform;
import tf.grid.hub.progress.Progress;

/** A client of registries for tests, which waits for nothing. */
final class Pulls implements AutoCloseable {
  private static final RetryPolicy QUICK = new RetryPolicy(4, Duration.ofMillis(1), pause -> {});
  private static final long MOST_BYTES = 1L << 30;

  private final GuardedHttp http;
  private final RegistryClient client;

  private Pulls(GuardedHttp http) {
    this.http = http;
    this.client = new RegistryClient(http, QUICK, MOST_BYTES);
  }

  /** May reach these hosts and the internet only. */
  static Pulls trusting(String... hosts) throws IOException {
    return with(new AddressGuard(Set.of(hosts), false, NameLookup.SYSTEM));
  }

  static Pulls with(AddressGuard guard) throws IOException {
    return with(guard, Optional.empty());
  }

  /** Believes the certificates of an authority, too. */
  static Pulls with(AddressGuard guard, Optional<Path> authority) throws IOException {
    return new Pulls(
        GuardedHttp.open(guard, authority, Duration.ofSeconds(5), Duration.ofMinutes(1)));
  }

  RegistryImage open(String reference) throws IOException {
    return open(reference, Optional.empty());
  }

  RegistryImage open(String reference, Optional<Credentials> credentials) throws IOException {
    return open(reference, Platform.DEFAULT, credentials);
  }

  RegistryImage open(String reference, Platform platform, Optional<Credentials> credentials)
      throws IOException {
    return client.open(ImageReference.parse(reference), platform, credentials, Progress.NONE);
  }

  /** Fetches all layers; gives their bytes. */
  static long fetch(RegistryImage image) throws IOException {
    long bytes = 0;
    for (LayerDescriptor layer : image.layers()) {
      try (InputStream in = image.layer(layer)) {
        bytes += in.readAllBytes().length;
      }
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    http.close();
  }
}
