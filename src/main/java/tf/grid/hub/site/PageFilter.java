package tf.grid.hub.site;

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
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.access.AccessException.ForeignRequestException;
import tf.grid.hub.access.AccessPolicy;
import tf.grid.hub.http.ErrorPage;
import tf.grid.hub.http.UrlPath;
import tf.grid.hub.http.gzip.Gzip;
import tf.grid.hub.http.gzip.GzipResponse;
import tf.grid.hub.limit.TryAgainLaterException;

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
  @Inject private transient AccessControl access;

  @Inject private transient AccessPolicy policy;

  @Inject private transient PageForm form;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Optional<SitePage> page =
        UrlPath.parts(request.getRequestURI(), request.getContextPath())
            .flatMap(parts -> SitePage.at(parts, name -> request.getParameter(name) != null));
    if (page.isEmpty() && isFaces(request)) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
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
    } else if (request.getMethod().equals("POST")) {
      take(page.get(), request, response);
    } else if (PageForm.isIn(request.getParameterMap())) {
      ErrorPage.send(
          request,
          response,
          HttpServletResponse.SC_BAD_REQUEST,
          "forms are sent by a button, not by a link");
    } else {
      show(page.get(), request, response);
    }
  }

  private void take(SitePage page, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if (isOfOtherSite()) {
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
      return;
    }
    HttpServletRequest read;
    try {
      read = form.read(request);
    } catch (TryAgainLaterException e) {
      FormError.send(e, request, response);
      return;
    } catch (IOException e) {
      FormError.send(e, request, response);
      return;
    }
    if (PageForm.hasState(read)) {
      show(page, read, response);
    } else {
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
    }
  }

  /** The server leads names that end like the files of pages to Faces, wherever they are. */
  private static boolean isFaces(HttpServletRequest request) {
    return "faces".equals(request.getHttpServletMapping().getServletName());
  }

  private static void show(SitePage page, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    RequestDispatcher view = request.getRequestDispatcher(page.view());
    if (page.keepsSecrets() || !Gzip.isAccepted(request.getHeader("Accept-Encoding"))) {
      view.forward(request, response);
      return;
    }
    GzipResponse packed = new GzipResponse(response);
    view.forward(request, packed);
    packed.finish();
  }

  /**
   * Whether the browser says that a form comes from another site: its state does not prove that it
   * was made for this visitor. Browsers name the origin of every form that is posted across sites,
   * {@code null} if it has none, and leave out session cookies there, which are {@code
   * SameSite=Lax}. What comes without any such word is therefore of this site, or of no browser,
   * and nobody can be lured to send it.
   */
  private boolean isOfOtherSite() {
    try {
      access.refuseOtherSites();
      return false;
    } catch (ForeignRequestException e) {
      return true;
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
