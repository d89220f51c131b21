package tf.grid.hub.search;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tf.grid.hub.search.SearchCriteria.Age;
import tf.grid.hub.search.SearchCriteria.ContentSize;
import tf.grid.hub.search.SearchResults.Facets;
import tf.grid.hub.search.name.NameMatch.Kind;

/**
 * Selects results by the criteria besides the text, and counts what each criterion would leave.
 *
 * @param now Unix seconds
 */
record Restriction(SearchCriteria criteria, long now) {
  private static final int MOST_REPOSITORIES = 10;

  private enum Criterion {
    KIND,
    REPOSITORY,
    OFFICIAL,
    SIZE,
    CHANGED
  }

  List<SearchHit> apply(List<SearchHit> hits) {
    return hits.stream().filter(hit -> Stream.of(Criterion.values()).allMatch(meets(hit))).toList();
  }

  private Predicate<Criterion> meets(SearchHit hit) {
    return criterion ->
        switch (criterion) {
          case KIND -> criteria.kind().map(hit.kind()::equals).orElse(true);
          case REPOSITORY ->
              criteria.repository().map(hit.repository().value()::equals).orElse(true);
          case OFFICIAL -> !criteria.official() || hit.official();
          case SIZE -> criteria.size().map(size -> hasSize(hit, size)).orElse(true);
          case CHANGED ->
              criteria.changed().map(age -> age.includes(hit.updated(), now)).orElse(true);
        };
  }

  private static boolean hasSize(SearchHit hit, ContentSize size) {
    return hit.contentBytes().isPresent() && ContentSize.of(hit.contentBytes().getAsLong()) == size;
  }

  Facets facets(List<SearchHit> hits) {
    Map<Kind, Long> kinds = new EnumMap<>(Kind.class);
    Map<String, Long> repositories = new TreeMap<>();
    Map<ContentSize, Long> sizes = new EnumMap<>(ContentSize.class);
    Map<Age, Long> changed = new EnumMap<>(Age.class);
    long official = 0;
    for (SearchHit hit : hits) {
      if (meetsAllBut(Criterion.KIND, hit)) {
        kinds.merge(hit.kind(), 1L, Long::sum);
      }
      if (meetsAllBut(Criterion.REPOSITORY, hit)) {
        repositories.merge(hit.repository().value(), 1L, Long::sum);
      }
      if (meetsAllBut(Criterion.OFFICIAL, hit) && hit.official()) {
        official++;
      }
      if (meetsAllBut(Criterion.SIZE, hit) && hit.contentBytes().isPresent()) {
        sizes.merge(ContentSize.of(hit.contentBytes().getAsLong()), 1L, Long::sum);
      }
      if (meetsAllBut(Criterion.CHANGED, hit)) {
        Stream.of(Age.values())
            .filter(age -> age.includes(hit.updated(), now))
            .forEach(age -> changed.merge(age, 1L, Long::sum));
      }
    }
    return new Facets(kinds, largest(repositories), official, sizes, changed);
  }

  private boolean meetsAllBut(Criterion criterion, SearchHit hit) {
    return Stream.of(Criterion.values()).filter(other -> other != criterion).allMatch(meets(hit));
  }

  private static Map<String, Long> largest(Map<String, Long> repositories) {
    Map<String, Long> largest = new LinkedHashMap<>();
    repositories.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(MOST_REPOSITORIES)
        .forEach(entry -> largest.put(entry.getKey(), entry.getValue()));
    return largest;
  }
}
