package tf.grid.hub.site.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tf.grid.hub.http.FileName;
import tf.grid.hub.search.SearchCriteria;
import tf.grid.hub.search.SearchResults.Facets;
import tf.grid.hub.site.catalogue.CurrentRequest;

/**
 * A criterion on the search page with the values that have results. Immutable.
 *
 * @param name as in the URL, in the words of the API
 * @param choices the values
 */
public record SearchFilter(String name, List<Choice> choices) {

  private static final List<String> PARAMETERS =
      List.of("kind", "repository", "official", "size", "changed");

  /** Keeps a copy. */
  public SearchFilter {
    choices = List.copyOf(choices);
  }

  /**
   * A value of a criterion.
   *
   * @param filter the criterion
   * @param value as in the URL, in the words of the API
   * @param count number of results with it
   * @param chosen whether the results are restricted to it
   * @param address of the page that restricts them to it, or no longer does
   */
  public record Choice(String filter, String value, long count, boolean chosen, String address) {}

  /** The criteria that have values. */
  static List<SearchFilter> of(Facets facets, CurrentRequest current) {
    List<SearchFilter> filters = new ArrayList<>();
    add("kind", facets.kinds(), SearchCriteria::word, current, filters);
    if (facets.official() > 0) {
      add("official", Map.of("true", facets.official()), word -> word, current, filters);
    }
    add("size", facets.sizes(), SearchCriteria::word, current, filters);
    add("changed", facets.changed(), SearchCriteria::word, current, filters);
    add("repository", facets.repositories(), name -> name, current, filters);
    return filters;
  }

  private static <V> void add(
      String parameter,
      Map<V, Long> counts,
      Function<V, String> words,
      CurrentRequest current,
      List<SearchFilter> filters) {
    List<Choice> choices = new ArrayList<>();
    counts.forEach(
        (value, count) -> {
          String word = words.apply(value);
          boolean chosen = current.parameter(parameter).equals(word);
          String query = "/search" + query(current, parameter, chosen ? "" : word);
          choices.add(
              new Choice(parameter, word, count, chosen, query.substring(0, query.length() - 1)));
        });
    if (!choices.isEmpty()) {
      filters.add(new SearchFilter(parameter, choices));
    }
  }

  /**
   * The query string of the same search with another value of a criterion, ready for more.
   *
   * @param value empty for none
   */
  static String query(CurrentRequest current, String parameter, String value) {
    StringBuilder query = new StringBuilder(current.query("q"));
    for (String name : PARAMETERS) {
      String word = name.equals(parameter) ? value : current.parameter(name);
      if (!word.isEmpty()) {
        query.append(name).append('=').append(FileName.encode(word)).append('&');
      }
    }
    return query.toString();
  }
}
