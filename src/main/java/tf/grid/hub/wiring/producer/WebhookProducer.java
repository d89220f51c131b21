package tf.grid.hub.wiring.producer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import tf.grid.hub.image.net.AddressGuard;
import tf.grid.hub.image.net.GuardedHttp;
import tf.grid.hub.webhook.WebhookSettings;
import tf.grid.hub.webhook.Webhooks;
import tf.grid.hub.wiring.ShutdownActions;
import tf.grid.hub.wiring.config.HubConfiguration;
import tf.grid.hub.wiring.config.WebhookOptions;
import tf.grid.hub.wiring.property.Secret;

/** Produces the webhooks, which connect to the same addresses as registries. */
@ApplicationScoped
public class WebhookProducer {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofSeconds(10);

  @Produces
  @Singleton
  Webhooks webhooks(
      HubConfiguration configuration, AddressGuard guard, Clock clock, ShutdownActions closing)
      throws IOException {
    WebhookOptions options = configuration.webhooks();
    GuardedHttp http =
        GuardedHttp.open(guard, configuration.images().authorities(), CONNECT, SILENCE);
    closing.later(() -> http.close());
    WebhookSettings settings =
        new WebhookSettings(
            options.directory(),
            options.receivers(),
            options.secret().map(Secret::reveal),
            configuration.site().publicUrl());
    return closing.later(new Webhooks(settings, http, clock));
  }
}
