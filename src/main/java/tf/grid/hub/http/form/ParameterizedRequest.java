package tf.grid.hub.http.form;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;

/** A request with other parameters than it came with. Not thread-safe. */
public final class ParameterizedRequest extends HttpServletRequestWrapper {

  private final Map<String, String[]> parameters;

  public ParameterizedRequest(HttpServletRequest request, Map<String, String[]> parameters) {
    super(request);
    this.parameters = Collections.unmodifiableMap(parameters);
  }

  /**
   * A request with the parameters of its address alone. Asked for one, the server would read the
   * body as well, which may never end.
   */
  public static ParameterizedRequest ofAddress(HttpServletRequest request) {
    return new ParameterizedRequest(request, UrlEncodedForm.query(request.getQueryString()));
  }

  /** A request for a page that must not take it for a form. */
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
