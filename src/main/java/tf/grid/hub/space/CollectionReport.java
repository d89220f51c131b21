package tf.grid.hub.space;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a collection has found and done.
 *
 * @param dryRun whether nothing was deleted
 * @param flists number of flists that were read
 * @param live chunks that flists refer to
 * @param inUse chunks that only running or recent work refers to
 * @param young unused chunks that were stored within the grace period
 * @param garbage unused chunks that are deleted, or would be
 * @param oldest when the oldest of them was stored
 * @param deleted chunks that were deleted
 * @param reclaimed bytes given back to the disk, of this and earlier collections
 * @param missing chunks that flists refer to and the store does not have
 * @param repositories what each repository alone refers to, the largest first
 */
public record CollectionReport(
    boolean dryRun,
    Instant started,
    Instant ended,
    int flists,
    Amount live,
    Amount inUse,
    Amount young,
    Amount garbage,
    Optional<Instant> oldest,
    Amount deleted,
    long reclaimed,
    long missing,
    List<RepositoryShare> repositories) {

  /** Keeps a copy of the list. */
  public CollectionReport {
    repositories = List.copyOf(repositories);
  }

  /**
   * A number of chunks.
   *
   * @param bytes of them as they are stored, without the overhead of the store
   */
  public record Amount(long chunks, long bytes) {
    JsonObject json() {
      return Json.createObjectBuilder().add("chunks", chunks).add("bytes", bytes).build();
    }
  }

  /**
   * A part of the store that would become unused without a repository.
   *
   * @param flists number of flists that were read in it
   * @param alone chunks to which no other repository refers
   */
  public record RepositoryShare(String repository, int flists, Amount alone) {
    JsonObject json() {
      return Json.createObjectBuilder()
          .add("repository", repository)
          .add("flists", flists)
          .add("chunks", alone.chunks())
          .add("bytes", alone.bytes())
          .build();
    }
  }

  /** The form of the API. */
  public JsonObject json() {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("dry-run", dryRun)
            .add("started", started.toString())
            .add("ended", ended.toString())
            .add("flists", flists)
            .add("live", live.json())
            .add("in-use", inUse.json())
            .add("young", young.json())
            .add("garbage", garbage.json());
    oldest.ifPresent(time -> json.add("oldest", time.toString()));
    JsonArrayBuilder shares = Json.createArrayBuilder();
    repositories.forEach(share -> shares.add(share.json()));
    return json.add("deleted", deleted.json())
        .add("reclaimed", reclaimed)
        .add("missing", missing)
        .add("repositories", shares)
        .build();
  }
}
