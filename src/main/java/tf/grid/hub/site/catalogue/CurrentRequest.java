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

/** What the address that the visitor sees asks for. */
@RequestScoped
public class CurrentRequest {

  private final HttpServletRequest request;

  /** For the container's proxy. */
  protected CurrentRequest() {
    this(null);
  }

  /** Takes the request, which was led to the file of a page. */
  @Inject
  public CurrentRequest(HttpServletRequest request) {
    this.request = request;
  }

  /** A part of the path, decoded. */
  public String part(int index) {
    Object seen = request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI);
    String uri = seen == null ? request.getRequestURI() : seen.toString();
    List<String> parts = UrlPath.parts(uri, request.getContextPath()).orElse(List.of());
    return index < parts.size() ? parts.get(index) : "";
  }

  /**
   * The repository that the path begins with.
   *
   * @throws tf.grid.hub.catalogue.name.CatalogueException if there can be no such
   */
  public RepositoryName repository() {
    return RepositoryName.requested(part(0));
  }

  /** A parameter; empty if there is none. */
  public String parameter(String name) {
    String value = ParameterizedRequest.ofAddress(request).getParameter(name);
    return value == null ? "" : value.strip();
  }

  /** A parameter as it was sent, for names that may begin or end with blanks. */
  public String text(String name) {
    String value = ParameterizedRequest.ofAddress(request).getParameter(name);
    return value == null ? "" : value;
  }

  /** Whether there is a parameter, be it without a value. */
  public boolean has(String name) {
    return ParameterizedRequest.ofAddress(request).getParameter(name) != null;
  }

  /** The parameter as the beginning of a query that more may be added to. */
  public String query(String name) {
    String value = parameter(name);
    return value.isEmpty() ? "?" : "?" + name + "=" + FileName.encode(value) + "&";
  }

  /** The query as it was sent; empty if there is none. */
  public String rawQuery() {
    Object seen = request.getAttribute(RequestDispatcher.FORWARD_QUERY_STRING);
    String query = seen == null ? request.getQueryString() : seen.toString();
    return query == null ? "" : query;
  }
}
