package tf.grid.hub.wiring;

import java.net.URI;
import java.util.Set;

/**
 * Where images may come from.
 *
 * @param source which way is taken
 * @param engine where the container engine listens
 * @param insecureRegistries hosts with or without port that may be asked without TLS, wherever they
 *     are
 * @param privateAddresses whether registries may be inside the hub's own network
 */
record ImageSettings(
    Source source, URI engine, Set<String> insecureRegistries, boolean privateAddresses) {

  private static final URI USUAL_ENGINE = URI.create("unix:///var/run/docker.sock");

  /** The ways to an image. */
  enum Source {
    /** From its registry, or by the engine when the registry cannot be reached. */
    AUTO,
    /** By the container engine. */
    ENGINE,
    /** From its registry. */
    REGISTRY
  }

  static ImageSettings from(Settings settings) {
    return new ImageSettings(
        settings.choice("hub.image.source", Source.class, Source.AUTO),
        settings.engine("hub.docker.host", USUAL_ENGINE),
        Set.copyOf(settings.list("hub.image.insecure-registries")),
        settings.flag("hub.image.allow-private-addresses", false));
  }
}
