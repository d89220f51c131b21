package tf.grid.hub.wiring.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tf.grid.hub.catalogue.name.CatalogueException.InvalidNameException;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.wiring.config.HubConfiguration.Directories;
import tf.grid.hub.wiring.property.SettingException;
import tf.grid.hub.wiring.property.Settings;

/**
 * The hub that this one follows.
 *
 * @param source address of its website, without a slash at the end; empty if this hub is no mirror
 * @param repositories to mirror; all if it is empty
 * @param interval between two comparisons
 * @param directory for the state
 */
public record MirrorOptions(
    Optional<URI> source, Set<RepositoryName> repositories, Duration interval, Path directory) {
  private static final String REPOSITORIES = "hub.mirror.repositories";

  static MirrorOptions from(Settings settings) {
    return new MirrorOptions(
        settings.base("hub.mirror.source"),
        settings.list(REPOSITORIES).stream()
            .map(MirrorOptions::repository)
            .collect(Collectors.toUnmodifiableSet()),
        settings.duration(
            "hub.mirror.interval",
            Duration.ofMinutes(1),
            Duration.ofSeconds(1),
            Duration.ofDays(1)),
        Directories.from(settings).data().resolve("mirror"));
  }

  private static RepositoryName repository(String name) {
    try {
      return new RepositoryName(name);
    } catch (InvalidNameException e) {
      throw SettingException.of(REPOSITORIES, name, "names of repositories, with commas between");
    }
  }
}
