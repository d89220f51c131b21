package tf.grid.hub.metrics;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Set;
import tf.grid.hub.http.AllowedMethods;
import tf.grid.hub.http.error.ErrorPage;

/**
 * Answers {@code /metrics} in the text format of Prometheus. A filter precedes the servlet that
 * some servers have at this URL. Thread-safe.
 */
public class MetricsFilter extends HttpFilter {
  private static final long serialVersionUID = 1;

  private static final String PATH = "/metrics";
  private static final AllowedMethods METHODS = new AllowedMethods(Set.of("GET", "HEAD"));

  /** Looked up for each request, because the server creates filters before the hub starts. */
  @Inject private transient Instance<HubMetrics> metrics;

  @Inject private transient Instance<MetricsAccess> access;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    if (!path.equals(PATH) && !path.startsWith(PATH + "/")) {
      chain.doFilter(request, response);
    } else if (METHODS.answers(request, response)) {
      return;
    } else if (!path.equals(PATH)) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
    } else if (access.get().allows(request)) {
      send(response);
    } else {
      response.setHeader("WWW-Authenticate", "Bearer realm=\"metrics\"");
      ErrorPage.send(
          request,
          response,
          HttpServletResponse.SC_UNAUTHORIZED,
          "metrics need the token in hub.metrics.token, except on the same machine");
    }
  }

  private void send(HttpServletResponse response) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    metrics.get().write(body);
    response.setContentType(metrics.get().contentType());
    response.setHeader("Cache-Control", "no-store");
    response.setContentLength(body.size());
    body.writeTo(response.getOutputStream());
  }
}
