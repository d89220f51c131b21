package tf.grid.hub.mirror;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import tf.grid.hub.catalogue.name.RepositoryName;

/**
 * What is mirrored, and how often.
 *
 * @param directory for the state
 * @param repositories to mirror; all if it is empty
 * @param interval between two comparisons
 */
public record MirrorSettings(Path directory, Set<RepositoryName> repositories, Duration interval) {
  public MirrorSettings {
    repositories = Set.copyOf(repositories);
  }
}
