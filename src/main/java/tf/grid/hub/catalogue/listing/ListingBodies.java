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
 * Responses for one snapshot of the catalogue, and what the start page shows of it. Created on
 * first use. Thread-safe.
 */
public final class ListingBodies {

  private final Snapshot snapshot;
  private final Set<String> official;
  private final Map<Object, JsonBody> made = new ConcurrentHashMap<>();
  private CatalogueOverview overview;

  ListingBodies(Snapshot snapshot, Set<String> official) {
    this.snapshot = snapshot;
    this.official = Set.copyOf(official);
  }

  /** Whether these are the official repositories. */
  boolean isMarkedAs(Set<String> marks) {
    return official.equals(marks);
  }

  public Snapshot snapshot() {
    return snapshot;
  }

  public boolean isOfficial(RepositoryName repository) {
    return official.contains(repository.value());
  }

  /** What the start page shows. */
  public synchronized CatalogueOverview overview() {
    if (overview == null) {
      overview = CatalogueOverview.of(snapshot, official);
    }
    return overview;
  }

  /** All entries, as {@code repository/name} with stored names. */
  public JsonBody names() {
    return made.computeIfAbsent(
        "names", key -> JsonBody.of(json -> ListingJson.names(json, snapshot)));
  }

  public JsonBody repositories() {
    return made.computeIfAbsent(
        "repositories",
        key -> JsonBody.of(json -> ListingJson.repositories(json, snapshot, official)));
  }

  /** The entries of all repositories. */
  public JsonBody everything() {
    return made.computeIfAbsent(
        "everything", key -> JsonBody.of(json -> ListingJson.everything(json, snapshot)));
  }

  /** The entries of a repository; empty if it does not exist. */
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

  /** The links in a tag; empty if it does not exist. */
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
