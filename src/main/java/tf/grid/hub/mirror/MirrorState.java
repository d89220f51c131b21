package tf.grid.hub.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tf.grid.hub.catalogue.name.CatalogueException;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.kernel.Blake2b;
import tf.grid.hub.mirror.copy.RepositoryVersions;

/**
 * What the mirror knows of its source, in a directory: a file with the state of all repositories,
 * and a file for each of them with the versions of its entries. It may be older than the catalogue
 * after a kill: then something is compared or downloaded again. If it is lost, everything is, but
 * no chunk. For one thread.
 */
final class MirrorState {
  private static final System.Logger LOG = System.getLogger(MirrorState.class.getName());
  private static final int NAME_BYTES = 16;
  private static final String VERSIONS = "versions";
  private static final String REPOSITORY = "repository";

  private final Path directory;
  private final URI source;
  private final SortedMap<RepositoryName, RepositorySummary> repositories = new TreeMap<>();
  private String tag = "";
  private Optional<Instant> current = Optional.empty();

  private MirrorState(Path directory, URI source) {
    this.directory = directory;
    this.source = source;
  }

  /**
   * Reads the state, or begins with nothing.
   *
   * @param directory is created
   * @param source of another source, only the names of entries are used, to delete those that this
   *     one does not have
   */
  static MirrorState open(Path directory, URI source) throws IOException {
    Files.createDirectories(directory);
    MirrorState state = new MirrorState(directory, source);
    state.read(StateFile.read(state.file()));
    return state;
  }

  private void read(JsonObject json) {
    try {
      if (json.isEmpty()) {
        return;
      }
      boolean same = json.getString("source").equals(source.toString());
      for (Map.Entry<String, JsonValue> one : json.getJsonObject("repositories").entrySet()) {
        RepositorySummary known = RepositorySummary.of(one.getValue().asJsonObject());
        repositories.put(new RepositoryName(one.getKey()), same ? known : RepositorySummary.NEW);
      }
      if (same) {
        tag = json.getString("tag");
        String at = json.getString("current");
        current = at.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(at));
      }
    } catch (DateTimeException | ClassCastException | NullPointerException | CatalogueException e) {
      LOG.log(Level.WARNING, "{0} is damaged and will be replaced: {1}", file(), e.toString());
      repositories.clear();
      tag = "";
    }
  }

  private Path file() {
    return directory.resolve("mirror.json");
  }

  /** The mirrored repositories. */
  SortedMap<RepositoryName, RepositorySummary> repositories() {
    return repositories;
  }

  /** The entity tag of the last list of repositories. */
  Optional<String> tag() {
    return Optional.of(tag).filter(text -> !text.isEmpty());
  }

  /** The time as of which this hub is equal to its source, as far as that is known. */
  Optional<Instant> current() {
    return current;
  }

  /** Forgets the entity tag while the changes that came with it are being copied. */
  void begun() {
    tag = "";
  }

  /** Notes the end of a complete run. */
  void completed(Optional<String> newTag, Instant begun) {
    tag = newTag.orElse("");
    current = Optional.of(begun);
  }

  void save() throws IOException {
    JsonObjectBuilder all = Json.createObjectBuilder();
    repositories.forEach((name, summary) -> all.add(name.value(), summary.json()));
    StateFile.write(
        file(),
        Json.createObjectBuilder()
            .add("source", source.toString())
            .add("tag", tag)
            .add("current", current.map(Instant::toString).orElse(""))
            .add("repositories", all)
            .build());
  }

  /** Reads the versions of a repository. */
  RepositoryVersions versions(RepositoryName repository) {
    JsonObject json = StateFile.read(file(repository));
    try {
      if (json.isEmpty()) {
        return new RepositoryVersions();
      }
      RepositoryVersions versions = RepositoryVersions.of(json.getJsonObject(VERSIONS));
      if (!json.getString("source").equals(source.toString())) {
        versions.forgetVersions();
      }
      return versions;
    } catch (ClassCastException | NullPointerException e) {
      LOG.log(Level.WARNING, "{0} is damaged and will be replaced", file(repository));
      return new RepositoryVersions();
    }
  }

  void save(RepositoryName repository, RepositoryVersions versions) throws IOException {
    StateFile.write(
        file(repository),
        Json.createObjectBuilder()
            .add("source", source.toString())
            .add(REPOSITORY, repository.value())
            .add(VERSIONS, versions.json())
            .build());
  }

  /** Forgets a repository that was deleted. */
  void forget(RepositoryName repository) throws IOException {
    repositories.remove(repository);
    save();
    Files.deleteIfExists(file(repository));
  }

  /** Repositories that the source marks as official. */
  Set<String> official() {
    return repositories.entrySet().stream()
        .filter(entry -> entry.getValue().official())
        .map(entry -> entry.getKey().value())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Names of repositories may be too long for a suffix, so files are named after their hash. */
  private Path file(RepositoryName repository) {
    byte[] name = repository.value().getBytes(UTF_8);
    byte[] hash = Blake2b.digest(NAME_BYTES, name, 0, name.length);
    return directory.resolve(ChunkId.of(hash) + ".json");
  }
}
