package tf.grid.hub.search;

import java.util.List;
import java.util.Map;
import tf.grid.hub.search.SearchCriteria.Age;
import tf.grid.hub.search.SearchCriteria.ContentSize;
import tf.grid.hub.search.name.NameMatch.Kind;

/**
 * The results of a search. Immutable.
 *
 * @param hits best ones first
 * @param more whether other flists may have matching paths
 * @param waiting number of flists whose paths are not in the index yet
 * @param facets numbers of results by what they can be restricted to
 */
public record SearchResults(List<SearchHit> hits, boolean more, int waiting, Facets facets) {

  public SearchResults {
    hits = List.copyOf(hits);
  }

  /**
   * Numbers of results for each value of a criterion, if the other criteria stay as they are.
   *
   * @param kinds by kind, without zeros
   * @param repositories by repository, the ten with the most results, most first
   * @param official in official repositories
   * @param sizes by size of content, without zeros
   * @param changed by time of the last change; each includes those before it
   */
  public record Facets(
      Map<Kind, Long> kinds,
      Map<String, Long> repositories,
      long official,
      Map<ContentSize, Long> sizes,
      Map<Age, Long> changed) {}
}
