package tf.grid.hub.wiring.config;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.image.net.GuardedHttp;
import tf.grid.hub.wiring.property.SettingException;
import tf.grid.hub.wiring.property.Settings;

/**
 * Where images may come from.
 *
 * @param source which way is taken
 * @param engine where the container engine listens
 * @param insecureRegistries hosts with or without port that may be asked without TLS, wherever they
 *     are
 * @param privateAddresses whether registries may be inside the hub's own network
 * @param authorities PEM file of certificate authorities to believe beside Java's own
 */
public record ImageSettings(
    Source source,
    URI engine,
    Set<String> insecureRegistries,
    boolean privateAddresses,
    Optional<Path> authorities) {

  private static final URI USUAL_ENGINE = URI.create("unix:///var/run/docker.sock");

  private static final String AUTHORITIES = "hub.image.ca-file";

  /** The ways to an image. */
  public enum Source {
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
        settings.flag("hub.image.allow-private-addresses", false),
        authorities(settings));
  }

  /** The file is read here already: a hub should not find out at the first image. */
  private static Optional<Path> authorities(Settings settings) {
    Optional<Path> file = settings.path(AUTHORITIES);
    try {
      GuardedHttp.checkAuthorities(file);
      return file;
    } catch (IOException e) {
      throw SettingException.of(
          AUTHORITIES, file.orElseThrow(), "a readable file of certificates in PEM form");
    }
  }
}
