package tf.grid.hub.webhook;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Who is told of changes.
 *
 * @param directory for events that wait
 * @param receivers addresses
 * @param secret for signatures
 * @param source address of this hub
 */
public record WebhookSettings(
    Path directory, List<URI> receivers, Optional<String> secret, URI source) {
  public WebhookSettings {
    receivers = List.copyOf(receivers);
  }

  /** Without the secret and the addresses, which may have secrets in them. */
  @Override
  public String toString() {
    return receivers.size() + " receivers";
  }
}
