package tf.grid.hub.search.api;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.catalogue.api.JsonResource;
import tf.grid.hub.catalogue.name.CatalogueException.InvalidPageException;
import tf.grid.hub.http.json.JsonBody;
import tf.grid.hub.search.CatalogueSearch;
import tf.grid.hub.search.SearchCriteria;
import tf.grid.hub.search.SearchCriteria.Age;
import tf.grid.hub.search.SearchCriteria.ContentSize;
import tf.grid.hub.search.SearchResults;
import tf.grid.hub.search.name.NameMatch.Kind;

/** Searches names and paths. Public. */
@SingletonBean
@Path("search")
public class SearchResource extends JsonResource {
  private static final int USUAL = 50;
  private static final int MOST = 500;

  private final CatalogueSearch search;

  /** RESTEasy looks for this constructor, but lets CDI call the other. */
  public SearchResource() {
    this(null);
  }

  @Inject
  public SearchResource(CatalogueSearch search) {
    this.search = search;
  }

  /** Returns the best results. */
  @GET
  public Response search(@BeanParam Question question, @Context HttpHeaders headers) {
    SearchResults found = search.find(question.criteria());
    int limit = question.limit();
    return answer(JsonBody.of(json -> SearchJson.write(found, limit, json)), headers);
  }

  /** The parameters in the URL. */
  static final class Question {
    @QueryParam("q")
    private String text;

    @QueryParam("kind")
    private String kind;

    @QueryParam("repository")
    private String repository;

    @QueryParam("official")
    private String official;

    @QueryParam("size")
    private String size;

    @QueryParam("changed")
    private String changed;

    @QueryParam("limit")
    private String limit;

    private SearchCriteria criteria() {
      if (text == null || text.isBlank()) {
        throw new InvalidPageException("q is missing: the text to search for");
      }
      return new SearchCriteria(
          text,
          constant("kind", Kind.class, kind),
          Optional.ofNullable(repository),
          Boolean.parseBoolean(official),
          constant("size", ContentSize.class, size),
          constant("changed", Age.class, changed));
    }

    private static <E extends Enum<E>> Optional<E> constant(
        String parameter, Class<E> type, String word) {
      if (word == null) {
        return Optional.empty();
      }
      Optional<E> constant = SearchCriteria.constant(type, word);
      if (constant.isEmpty()) {
        String allowed =
            Arrays.stream(type.getEnumConstants())
                .map(SearchCriteria::word)
                .collect(Collectors.joining(", "));
        throw new InvalidPageException(parameter + " is not one of " + allowed);
      }
      return constant;
    }

    private int limit() {
      if (limit == null) {
        return USUAL;
      }
      if (!limit.matches("[1-9][0-9]{0,2}") || Integer.parseInt(limit) > MOST) {
        throw new InvalidPageException("limit is not a whole number from 1 to " + MOST);
      }
      return Integer.parseInt(limit);
    }
  }
}
