package tf.grid.hub.http.form;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;

/** A request with replaced parameters. Not thread-safe. */
public final class ParameterizedRequest extends HttpServletRequestWrapper {

  private final Map<String, String[]> parameters;

  public ParameterizedRequest(HttpServletRequest request, Map<String, String[]> parameters) {
    super(request);
    this.parameters = Collections.unmodifiableMap(parameters);
  }

  /**
   * Keeps only the parameters in the URL. Otherwise the server would also read the body for
   * parameters, which may never end. In a forwarded request they are those of the URL that the
   * client sent, as no forward within the hub has a query string.
   */
  public static ParameterizedRequest ofAddress(HttpServletRequest request) {
    // Not all servers keep the query string of a forwarded request.
    Object seen = request.getAttribute(RequestDispatcher.FORWARD_QUERY_STRING);
    String query = seen == null ? request.getQueryString() : seen.toString();
    return new ParameterizedRequest(request, UrlEncodedForm.query(query));
  }

  /** Removes all parameters, for a page that must not process the request as a form. */
  public static ParameterizedRequest none(HttpServletRequest request) {
    return new ParameterizedRequest(request, Map.of());
  }

  @Override
  public String getParameter(String name) {
    String[] values = parameters.get(name);
    return values == null ? null : values[0];
  }

  @Override
  public String[] getParameterValues(String name) {
    String[] values = parameters.get(name);
    return values == null ? null : values.clone();
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    return parameters;
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(parameters.keySet());
  }
}
