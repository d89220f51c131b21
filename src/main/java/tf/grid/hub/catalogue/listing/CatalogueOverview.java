package tf.grid.hub.catalogue.listing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import tf.grid.hub.catalogue.name.RepositoryName;

/**
 * What the start page shows of a snapshot. Immutable.
 *
 * @param repositories all of them, official ones first, each group in code point order
 * @param newestOfficial the flists of official repositories that changed last, the latest first
 * @param newestOthers those of other repositories
 */
public record CatalogueOverview(
    List<RepositorySize> repositories,
    List<RecentFlist> newestOfficial,
    List<RecentFlist> newestOthers) {

  /** Flists in each of the lists. */
  private static final int NEWEST = 6;

  /**
   * A repository.
   *
   * @param flists number of its flists and links to flists
   * @param updated modification time, Unix seconds
   */
  public record RepositorySize(RepositoryName name, boolean official, long flists, long updated) {}

  /**
   * A flist file that changed lately.
   *
   * @param name its stored name
   * @param size of the file in bytes
   * @param updated modification time, Unix seconds
   */
  public record RecentFlist(RepositoryName repository, String name, long size, long updated) {}

  static CatalogueOverview of(Snapshot snapshot, Set<String> official) {
    Predicate<RepositoryName> isOfficial = name -> official.contains(name.value());
    List<RepositorySize> repositories =
        snapshot.repositories().stream()
            .map(
                name ->
                    new RepositorySize(
                        name, isOfficial.test(name), snapshot.flists(name), snapshot.updated(name)))
            .sorted(Comparator.comparing(RepositorySize::official).reversed())
            .toList();
    return new CatalogueOverview(
        repositories, newest(snapshot, isOfficial), newest(snapshot, isOfficial.negate()));
  }

  private static List<RecentFlist> newest(Snapshot snapshot, Predicate<RepositoryName> wanted) {
    List<RecentFlist> newest = new ArrayList<>();
    snapshot.files(
        (repository, name, file) -> {
          if (wanted.test(repository)) {
            insert(newest, new RecentFlist(repository, name, file.size(), file.modified()));
          }
        });
    return List.copyOf(newest);
  }

  /** Keeps the list short and sorted; of equal times, the first flist stays first. */
  private static void insert(List<RecentFlist> newest, RecentFlist flist) {
    int position = newest.size();
    while (position > 0 && newest.get(position - 1).updated() < flist.updated()) {
      position--;
    }
    if (position < NEWEST) {
      newest.add(position, flist);
    }
    if (newest.size() > NEWEST) {
      newest.remove(NEWEST);
    }
  }
}
