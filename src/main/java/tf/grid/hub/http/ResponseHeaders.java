package tf.grid.hub.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Sets headers of all responses: any site may read what the hub serves (without cookies), and
 * browsers do not guess types, frame the hub or run foreign scripts. {@code web.xml} places it
 * before all other filters, which annotations cannot do.
 */
public final class ResponseHeaders extends HttpFilter {
  private static final long serialVersionUID = 1;

  /** Tells browsers which methods are available to scripts of other sites. */
  public static final String ALLOW_METHODS = "Access-Control-Allow-Methods";

  private static final String API_POLICY = "default-src 'none'; frame-ancestors 'none'";

  /** The style sheet contains images as {@code data:} URLs. */
  private static final String PAGE_POLICY =
      "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
          + " form-action 'self';"
          + " frame-ancestors 'none'";

  private static final String ONE_DAY = "86400";

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Referrer-Policy", "same-origin");
    response.setHeader("Content-Security-Policy", policy(request));
    if (request.getMethod().equals("OPTIONS")) {
      preflight(response);
    } else {
      response.setHeader(
          "Access-Control-Expose-Headers", "ETag, Content-Range, Retry-After, X-Request-Id");
    }
    chain.doFilter(request, response);
  }

  private static String policy(HttpServletRequest request) {
    return isApi(request.getContextPath(), request.getRequestURI()) ? API_POLICY : PAGE_POLICY;
  }

  /** Whether a path is in the REST API, where responses are never pages. */
  public static boolean isApi(String contextPath, String uri) {
    String path = uri.substring(contextPath.length());
    return path.equals("/api") || path.startsWith("/api/");
  }

  /** Headers for every URL; the responder adds {@link #ALLOW_METHODS}. */
  private static void preflight(HttpServletResponse response) {
    response.setHeader(
        "Access-Control-Allow-Headers",
        "Authorization, Content-Type, Range, If-None-Match, X-Original-Name, X-Active-User");
    response.setHeader("Access-Control-Max-Age", ONE_DAY);
  }
}
