package tf.grid.hub.mirror.copy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was copied of a repository, by stored name. Only these entries are ever deleted because the
 * source does not have them any more. Thread-safe.
 */
public final class RepositoryVersions {
  private final Map<String, EntryVersion> entries = new TreeMap<>();

  /** Nothing was copied yet. */
  public RepositoryVersions() {}

  /**
   * What was saved before.
   *
   * @param json the result of {@link #json}
   * @throws RuntimeException if it is anything else
   */
  public static RepositoryVersions of(JsonObject json) {
    RepositoryVersions versions = new RepositoryVersions();
    json.forEach(
        (name, entry) -> versions.entries.put(name, EntryVersion.of(entry.asJsonObject())));
    return versions;
  }

  /** A form that can be saved. */
  public synchronized JsonObject json() {
    JsonObjectBuilder json = Json.createObjectBuilder();
    entries.forEach((name, version) -> json.add(name, version.json()));
    return json.build();
  }

  /** Names of all entries. */
  synchronized List<String> names() {
    return List.copyOf(entries.keySet());
  }

  /** Adds names that are about to be copied. */
  synchronized void claim(Collection<String> names) {
    names.forEach(name -> entries.putIfAbsent(name, EntryVersion.NONE));
  }

  synchronized EntryVersion of(String name) {
    return entries.getOrDefault(name, EntryVersion.NONE);
  }

  synchronized void put(String name, EntryVersion version) {
    entries.put(name, version);
  }

  synchronized void remove(String name) {
    entries.remove(name);
  }

  /** Forgets versions, but not names: the source is another one. */
  public synchronized void forgetVersions() {
    entries.replaceAll((name, version) -> EntryVersion.NONE);
  }

  /** Whether there are tags. */
  public synchronized boolean hasTags() {
    return entries.keySet().stream().anyMatch(name -> name.startsWith("."));
  }

  /** Whether later changes of all entries will move their times. */
  public synchronized boolean isSettled() {
    return entries.values().stream()
        .allMatch(version -> version.settled() || version.equals(EntryVersion.NONE));
  }

  /** When the first of the entries that could not be copied failed, Unix seconds. */
  public synchronized Optional<Long> firstFailure() {
    return entries.values().stream()
        .filter(EntryVersion::isFailure)
        .map(EntryVersion::failedAt)
        .min(Long::compare);
  }

  /**
   * The entries that could not be copied, with the reasons.
   *
   * @param most number of entries
   */
  public synchronized List<String> failures(int most) {
    return entries.entrySet().stream()
        .filter(entry -> entry.getValue().isFailure())
        .limit(most)
        .map(entry -> entry.getKey() + ": " + entry.getValue().failure())
        .toList();
  }
}
