package tf.grid.hub.page;

import jakarta.faces.render.ResponseStateManager;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tf.grid.hub.access.Access;
import tf.grid.hub.access.AccessPolicy;
import tf.grid.hub.access.ForeignRequest;
import tf.grid.hub.http.UrlPath;
import tf.grid.hub.http.gzip.Gzip;
import tf.grid.hub.http.gzip.PackedResponse;

/**
 * Leads the addresses of pages to the files that they are made from, and keeps out who is not
 * signed in and forms that are not ours. Leaves all else to others; {@code web.xml} says where it
 * stands among them. Threads share it.
 */
public class PageFilter extends HttpFilter {
  private static final long serialVersionUID = 1;

  /** The parameter of the sign-in page that tells of a form which nothing was done with. */
  static final String UNSENT = "unsent";

  private static final String READ_ONLY = "/readonly";

  /** Not through the constructor: the server makes filters itself. */
  @Inject private transient Access access;

  @Inject private transient AccessPolicy policy;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Optional<Page> page =
        UrlPath.parts(request.getRequestURI(), request.getContextPath())
            .flatMap(parts -> Page.at(parts, name -> request.getParameter(name) != null));
    if (page.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    if (page.get().streaming() && request.getMethod().equals("POST")) {
      chain.doFilter(request, response);
      return;
    }
    response.setHeader("Cache-Control", "no-store");
    if (page.get().publishing() && policy.readOnly()) {
      response.setStatus(HttpServletResponse.SC_SEE_OTHER);
      response.setHeader("Location", READ_ONLY);
    } else if (page.get().forUsers() && request.getUserPrincipal() == null) {
      response.setStatus(HttpServletResponse.SC_SEE_OTHER);
      response.setHeader(
          "Location", "/login-method?to=" + escaped(address(request)) + told(request));
    } else if (request.getMethod().equals("POST") && !isOwnForm(request)) {
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
    } else {
      show(page.get(), request, response);
    }
  }

  private static void show(Page page, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    RequestDispatcher view = request.getRequestDispatcher(page.view());
    if (page.keepsSecrets() || !Gzip.isTaken(request.getHeader("Accept-Encoding"))) {
      view.forward(request, response);
      return;
    }
    PackedResponse packed = new PackedResponse(response);
    view.forward(request, packed);
    packed.finish();
  }

  /**
   * Whether a form was made by one of our pages. Its state alone does not prove that it was made
   * for this visitor, so the browser must not say that it comes from another site either.
   */
  private boolean isOwnForm(HttpServletRequest request) {
    try {
      access.refuseOtherSites();
      return request.getParameter(ResponseStateManager.VIEW_STATE_PARAM) != null;
    } catch (ForeignRequest e) {
      return false;
    }
  }

  private static String told(HttpServletRequest request) {
    return request.getMethod().equals("POST") ? "&" + UNSENT : "";
  }

  private static String address(HttpServletRequest request) {
    boolean again = request.getMethod().equals("GET") && request.getQueryString() != null;
    return request.getServletPath() + (again ? "?" + request.getQueryString() : "");
  }

  private static String escaped(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
