package tf.grid.hub.catalogue.api;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.comparison.ComparisonPage;
import tf.grid.hub.catalogue.comparison.Comparisons;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;

/** Compares two flists. Public. */
@SingletonBean
@Path("flist")
public class DiffResource extends JsonResource {

  private final Catalogue catalogue;
  private final Comparisons comparisons;

  /** RESTEasy looks for this constructor, but lets CDI call the other. */
  public DiffResource() {
    this(null, null);
  }

  @Inject
  public DiffResource(Catalogue catalogue, Comparisons comparisons) {
    this.catalogue = catalogue;
    this.comparisons = comparisons;
  }

  /** Returns the changes from one flist to another. */
  @GET
  @Path("{repository}/{name: (?!tags/)[^/]+}/diff/{otherRepository}/{otherName}")
  public Response diff(@BeanParam Question question, @Context HttpHeaders headers) {
    LocatedFlist before = locate(question.repository, question.name);
    LocatedFlist after = locate(question.otherRepository, question.otherName);
    ComparisonPage page = ComparisonPage.parse(question.cursor, question.limit, question.times);
    return answer(comparisons.page(before, after, page), headers);
  }

  private LocatedFlist locate(String repository, String name) {
    return catalogue.entries().locate(RepositoryName.requested(repository), FlistName.parse(name));
  }

  /** The parameters in the URL. */
  static final class Question {
    @PathParam("repository")
    private String repository;

    @PathParam("name")
    private String name;

    @PathParam("otherRepository")
    private String otherRepository;

    @PathParam("otherName")
    private String otherName;

    @QueryParam("cursor")
    private String cursor;

    @QueryParam("limit")
    private String limit;

    @QueryParam("times")
    private String times;
  }
}
