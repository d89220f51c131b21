package tf.grid.hub.catalogue.listing;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tf.grid.hub.catalogue.EntryPath;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagName;
import tf.grid.hub.http.json.JsonBody;

/**
 * The answers about one state of the catalogue, each made when first asked for. Threads may share
 * it.
 */
public final class ListingBodies {

  private final Snapshot snapshot;
  private final Set<String> official;
  private final Map<Object, JsonBody> made = new ConcurrentHashMap<>();

  ListingBodies(Snapshot snapshot, Set<String> official) {
    this.snapshot = snapshot;
    this.official = official;
  }

  /** What the answers are about. */
  public Snapshot snapshot() {
    return snapshot;
  }

  /** Whether the operator marked a repository as official. */
  public boolean isOfficial(RepositoryName repository) {
    return official.contains(repository.value());
  }

  /** The stored names of everything, as {@code repository/name}. */
  public JsonBody names() {
    return made.computeIfAbsent(
        "names", key -> JsonBody.of(json -> ListingJson.names(json, snapshot)));
  }

  /** The repositories. */
  public JsonBody repositories() {
    return made.computeIfAbsent(
        "repositories",
        key -> JsonBody.of(json -> ListingJson.repositories(json, snapshot, official)));
  }

  /** The entries of every repository. */
  public JsonBody everything() {
    return made.computeIfAbsent(
        "everything", key -> JsonBody.of(json -> ListingJson.everything(json, snapshot)));
  }

  /** The entries of a repository; empty if there is no such. */
  public Optional<JsonBody> repository(RepositoryName repository) {
    return Optional.ofNullable(
        made.computeIfAbsent(
            repository,
            key ->
                snapshot
                    .entries(repository)
                    .map(found -> JsonBody.of(json -> ListingJson.entries(json, found)))
                    .orElse(null)));
  }

  /** The links of a tag; empty if there is no such. */
  public Optional<JsonBody> tag(RepositoryName repository, TagName tag) {
    return Optional.ofNullable(
        made.computeIfAbsent(
            EntryPath.of(repository, tag),
            key ->
                snapshot
                    .entries(repository, tag)
                    .map(found -> JsonBody.of(json -> ListingJson.entries(json, found)))
                    .orElse(null)));
  }
}
