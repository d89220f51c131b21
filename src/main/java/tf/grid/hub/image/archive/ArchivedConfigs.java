package tf.grid.hub.image.archive;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.image.PullException;
import tf.grid.hub.image.config.ImageConfigReader;
import tf.grid.hub.image.reference.Digest;
import tf.grid.hub.image.reference.Platform;

/**
 * The configurations in an archive. Each is parsed once, even if several images use it, and only
 * its platform is kept. Not thread-safe.
 */
final class ArchivedConfigs {
  private final ArchiveMembers members;
  private final Map<ArchiveMember.Document, Configuration> known = new HashMap<>();

  ArchivedConfigs(ArchiveMembers members) {
    this.members = members;
  }

  /**
   * One configuration.
   *
   * @param file file that contains it
   * @param id its digest
   * @param platform its platform
   */
  record Configuration(ArchiveMember.Document file, Digest id, Platform platform) {}

  /** The configuration at a path, if it exists. */
  Optional<Configuration> at(String path) throws PullException, ArchiveException {
    return members.at(path).isPresent() ? of(members.at(path).get()) : Optional.empty();
  }

  /** The configuration with a digest, if it exists. */
  Optional<Configuration> blob(Digest digest) throws PullException, ArchiveException {
    return members.blob(digest).isPresent() ? of(members.blob(digest).get()) : Optional.empty();
  }

  private Optional<Configuration> of(ArchiveMember member) throws PullException, ArchiveException {
    if (member instanceof ArchiveMember.Unusable unusable) {
      throw unusable.reason();
    }
    if (!(member instanceof ArchiveMember.Document file)) {
      return Optional.empty();
    }
    Configuration before = known.get(file);
    if (before != null) {
      return Optional.of(before);
    }
    byte[] json = file.json();
    Configuration found =
        new Configuration(file, Digest.of(json), ImageConfigReader.read(json).platform());
    known.put(file, found);
    return Optional.of(found);
  }
}
