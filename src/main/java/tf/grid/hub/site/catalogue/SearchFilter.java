package tf.grid.hub.site.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import tf.grid.hub.http.FileName;
import tf.grid.hub.search.SearchCriteria;
import tf.grid.hub.search.SearchCriteria.Age;
import tf.grid.hub.search.SearchCriteria.ContentSize;
import tf.grid.hub.search.SearchResults.Facets;
import tf.grid.hub.search.name.NameMatch.Kind;

/**
 * A criterion on the search page with the values that have results. Immutable.
 *
 * @param title what it is about
 * @param choices the values
 */
public record SearchFilter(String title, List<Choice> choices) {

  private static final List<String> PARAMETERS =
      List.of("kind", "repository", "official", "size", "changed");

  private static final Map<ContentSize, String> SIZES =
      Map.of(
          ContentSize.UNDER_10_MB, "Under 10 MB",
          ContentSize.UNDER_100_MB, "10–100 MB",
          ContentSize.UNDER_1_GB, "100 MB–1 GB",
          ContentSize.OVER_1_GB, "Over 1 GB");

  private static final Map<Age, String> AGES =
      Map.of(
          Age.DAY, "Last 24 hours",
          Age.WEEK, "Last 7 days",
          Age.MONTH, "Last 30 days",
          Age.YEAR, "Last 365 days");

  /** Keeps a copy. */
  public SearchFilter {
    choices = List.copyOf(choices);
  }

  /**
   * A value of a criterion.
   *
   * @param label for users
   * @param count number of results with it
   * @param chosen whether the results are restricted to it
   * @param address of the page that restricts them to it, or no longer does
   */
  public record Choice(String label, long count, boolean chosen, String address) {}

  /** The criteria that have values. */
  static List<SearchFilter> of(Facets facets, CurrentRequest current) {
    List<SearchFilter> filters = new ArrayList<>();
    add(
        "Kind",
        "kind",
        facets.kinds(),
        SearchCriteria::word,
        SearchFilter::label,
        current,
        filters);
    if (facets.official() > 0) {
      Map<String, Long> official = Map.of("true", facets.official());
      add("Source", "official", official, word -> word, word -> "Official", current, filters);
    }
    add("Size", "size", facets.sizes(), SearchCriteria::word, SIZES::get, current, filters);
    add("Changed", "changed", facets.changed(), SearchCriteria::word, AGES::get, current, filters);
    add(
        "Repository",
        "repository",
        facets.repositories(),
        name -> name,
        name -> name,
        current,
        filters);
    return filters;
  }

  private static <V> void add(
      String title,
      String parameter,
      Map<V, Long> counts,
      Function<V, String> words,
      Function<V, String> labels,
      CurrentRequest current,
      List<SearchFilter> filters) {
    List<Choice> choices = new ArrayList<>();
    counts.forEach(
        (value, count) -> {
          String word = words.apply(value);
          boolean chosen = current.parameter(parameter).equals(word);
          String query = "/search" + query(current, parameter, chosen ? "" : word);
          choices.add(
              new Choice(
                  labels.apply(value), count, chosen, query.substring(0, query.length() - 1)));
        });
    if (!choices.isEmpty()) {
      filters.add(new SearchFilter(title, choices));
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

  static String label(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
