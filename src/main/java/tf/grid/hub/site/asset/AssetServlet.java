package tf.grid.hub.site.asset;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import tf.grid.hub.http.gzip.Gzip;
import tf.grid.hub.http.send.Body;
import tf.grid.hub.http.send.BodySender;

/**
 * Serves the {@link Assets}, which browsers cache for a year. The URL of another version, from a
 * page that was loaded before an update, returns the current file, not cacheable. Thread-safe.
 */
@WebServlet(urlPatterns = Assets.PATH + "/*", asyncSupported = true)
public class AssetServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  /** Field injection, because the server instantiates servlets itself. */
  @Inject private transient Assets assets;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String[] parts = path(request).split("/", 3);
    Optional<Asset> found = parts.length == 3 ? assets.at(parts[2]) : Optional.empty();
    if (found.isEmpty()) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    boolean gzip = Gzip.isAccepted(request.getHeader("Accept-Encoding"));
    byte[] body = found.get().bytes(gzip);
    response.setHeader(
        "Cache-Control",
        assets.isCurrent(parts[1]) ? "public, max-age=31536000, immutable" : "no-store");
    response.setHeader("Vary", "Accept-Encoding");
    response.setContentType(found.get().type());
    response.setContentLength(body.length);
    if (gzip) {
      response.setHeader("Content-Encoding", "gzip");
    }
    BodySender.send(request, response, Body.of(body));
  }

  private static String path(HttpServletRequest request) {
    return Optional.ofNullable(request.getPathInfo()).orElse("");
  }
}
