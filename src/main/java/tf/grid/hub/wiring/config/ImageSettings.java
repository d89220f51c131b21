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
 * Sources of container images.
 *
 * @param source who fetches images
 * @param engine address of the container engine
 * @param insecureRegistries hosts with or without port that may be used without TLS, at any address
 * @param privateAddresses whether registries may have private addresses
 * @param authorities PEM file of certificate authorities, in addition to those of Java
 */
public record ImageSettings(
    Source source,
    URI engine,
    Set<String> insecureRegistries,
    boolean privateAddresses,
    Optional<Path> authorities) {

  private static final URI USUAL_ENGINE = URI.create("unix:///var/run/docker.sock");

  private static final String AUTHORITIES = "hub.image.ca-file";

  public enum Source {
    /** The hub, or the engine if the registry cannot be reached. */
    AUTO,
    /** The container engine. */
    ENGINE,
    /** The hub asks registries itself. */
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

  /** Reads the file now, so that an error stops the start instead of the first conversion. */
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
