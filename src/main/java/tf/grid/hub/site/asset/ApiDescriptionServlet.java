package tf.grid.hub.site.asset;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import tf.grid.hub.http.gzip.Gzip;

/**
 * Serves the {@link ApiDescription}. Some servers answer {@code /openapi} themselves, from the same
 * file; the other two paths are always the hub's. Thread-safe.
 */
@WebServlet({"/openapi", "/openapi.yaml", "/openapi.json"})
public class ApiDescriptionServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  /** Field injection, because the server instantiates servlets itself. */
  @Inject private transient ApiDescription description;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean gzip = Gzip.isAccepted(request.getHeader("Accept-Encoding"));
    boolean json = isJson(request);
    response.setHeader("Vary", "Accept, Accept-Encoding");
    response.setHeader("Cache-Control", "no-cache");
    response.setContentType(json ? "application/json" : "application/yaml;charset=UTF-8");
    byte[] body;
    if (json && gzip) {
      response.setHeader("Content-Encoding", "gzip");
      body = description.json().compressed();
    } else {
      body = json ? description.json().plain() : description.yaml();
    }
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static boolean isJson(HttpServletRequest request) {
    String accepted = request.getHeader("Accept");
    String path = request.getServletPath();
    return path.endsWith(".json")
        || (path.equals("/openapi") && accepted != null && accepted.contains("application/json"));
  }
}
