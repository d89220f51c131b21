package tf.grid.hub.wiring;

import java.util.Set;

/**
 * Where images may come from.
 *
 * @param source which way is taken
 * @param insecureRegistries hosts with or without port that may be asked without TLS, wherever they
 *     are
 * @param privateAddresses whether registries may be inside the hub's own network
 */
record ImageSettings(Source source, Set<String> insecureRegistries, boolean privateAddresses) {

  /** The ways to an image. */
  enum Source {
    /** From its registry. */
    REGISTRY
  }

  static ImageSettings from(Settings settings) {
    return new ImageSettings(
        settings.choice("hub.image.source", Source.class, Source.REGISTRY),
        Set.copyOf(settings.list("hub.image.insecure-registries")),
        settings.flag("hub.image.allow-private-addresses", false));
  }
}
