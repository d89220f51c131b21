package tf.grid.hub.site.catalogue;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.http.FileName;
import tf.grid.hub.http.UrlPath;
import tf.grid.hub.http.form.ParameterizedRequest;

/** The path and parameters of the URL that the visitor sees. */
@RequestScoped
public class CurrentRequest {

  private final HttpServletRequest request;

  protected CurrentRequest() {
    this(null);
  }

  @Inject
  public CurrentRequest(HttpServletRequest request) {
    this.request = request;
  }

  /** A decoded segment of the path. */
  public String part(int index) {
    Object seen = request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI);
    String uri = seen == null ? request.getRequestURI() : seen.toString();
    List<String> parts = UrlPath.parts(uri, request.getContextPath()).orElse(List.of());
    return index < parts.size() ? parts.get(index) : "";
  }

  /**
   * The repository in the first segment.
   *
   * @throws tf.grid.hub.catalogue.name.CatalogueException if it is not a valid name
   */
  public RepositoryName repository() {
    return RepositoryName.requested(part(0));
  }

  /** A parameter without surrounding white space; empty if missing. */
  public String parameter(String name) {
    String value = ParameterizedRequest.ofAddress(request).getParameter(name);
    return value == null ? "" : value.strip();
  }

  /** A parameter as sent, for names that may start or end with white space. */
  public String text(String name) {
    String value = ParameterizedRequest.ofAddress(request).getParameter(name);
    return value == null ? "" : value;
  }

  /** Whether a parameter is present, with or without a value. */
  public boolean has(String name) {
    return ParameterizedRequest.ofAddress(request).getParameter(name) != null;
  }

  /** The parameter as the start of a query string to which more can be added. */
  public String query(String name) {
    String value = parameter(name);
    return value.isEmpty() ? "?" : "?" + name + "=" + FileName.encode(value) + "&";
  }

  /** The query string as sent; empty if there is none. */
  public String rawQuery() {
    Object seen = request.getAttribute(RequestDispatcher.FORWARD_QUERY_STRING);
    String query = seen == null ? request.getQueryString() : seen.toString();
    return query == null ? "" : query;
  }
}
