package tf.grid.hub.search.api;

import jakarta.json.stream.JsonGenerator;
import java.util.Map;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.search.SearchCriteria;
import tf.grid.hub.search.SearchHit;
import tf.grid.hub.search.SearchResults;
import tf.grid.hub.search.SearchResults.Facets;

/** Writes search results. */
final class SearchJson {
  private SearchJson() {}

  /** Writes up to a number of results. */
  static void write(SearchResults found, int limit, JsonGenerator json) {
    json.writeStartObject()
        .write("total", found.hits().size())
        .write("more", found.more())
        .write("waiting", found.waiting());
    facets(found.facets(), json);
    json.writeStartArray("results");
    found.hits().stream().limit(limit).forEach(hit -> result(hit, json));
    json.writeEnd().writeEnd();
  }

  private static void facets(Facets facets, JsonGenerator json) {
    json.writeStartObject("facets").write("official", facets.official());
    words("kind", facets.kinds(), json);
    words("size", facets.sizes(), json);
    words("changed", facets.changed(), json);
    json.writeStartObject("repository");
    facets.repositories().forEach(json::write);
    json.writeEnd().writeEnd();
  }

  private static void words(String name, Map<? extends Enum<?>, Long> counts, JsonGenerator json) {
    json.writeStartObject(name);
    counts.forEach((constant, count) -> json.write(SearchCriteria.word(constant), count));
    json.writeEnd();
  }

  private static void result(SearchHit hit, JsonGenerator json) {
    json.writeStartObject()
        .write("kind", SearchCriteria.word(hit.kind()))
        .write("repository", hit.repository().value())
        .write("name", hit.name())
        .write("official", hit.official())
        .write("updated", hit.updated());
    hit.contentBytes().ifPresent(bytes -> json.write("content_size", bytes));
    if (!hit.paths().isEmpty()) {
      json.writeStartArray("paths");
      for (FlistPath path : hit.paths()) {
        json.write("/" + path);
      }
      json.writeEnd().write("more_paths", hit.morePaths());
    }
    json.writeEnd();
  }
}
