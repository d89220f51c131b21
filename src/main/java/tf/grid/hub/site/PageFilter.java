package tf.grid.hub.site;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.access.AccessException.ForeignRequestException;
import tf.grid.hub.access.AccessException.NotSignedInException;
import tf.grid.hub.access.AccessException.StaleFormException;
import tf.grid.hub.access.AccessPolicy;
import tf.grid.hub.access.FormTokens;
import tf.grid.hub.account.AuthenticationFailure;
import tf.grid.hub.account.login.LocalPath;
import tf.grid.hub.http.UrlPath;
import tf.grid.hub.http.error.ErrorPage;
import tf.grid.hub.http.form.ParameterizedRequest;
import tf.grid.hub.http.gzip.Gzip;
import tf.grid.hub.http.gzip.GzipResponse;
import tf.grid.hub.limit.TryAgainLaterException;
import tf.grid.hub.site.language.Language;
import tf.grid.hub.site.language.LanguageCookie;
import tf.grid.hub.site.language.Languages;

/**
 * Maps the URLs of pages to their files. Redirects visitors who have to sign in, and rejects
 * cross-site forms. Passes all other requests on; its position is in {@code web.xml}. Thread-safe.
 */
public class PageFilter extends HttpFilter {
  private static final long serialVersionUID = 1;

  /** Parameter of the sign-in page for a form that was not processed. */
  static final String UNSENT = "unsent";

  /** Request attribute: the query of the page, as the client sent it, without a language. */
  static final String QUERY = PageFilter.class.getName();

  private static final String READ_ONLY = "/readonly";

  /**
   * Field injection, because the server instantiates filters itself. Looked up for each request,
   * since the services do not exist if the hub could not start.
   */
  @Inject private transient Instance<AccessControl> access;

  @Inject private transient Instance<AccessPolicy> policy;

  @Inject private transient Instance<PageForm> form;

  @Inject private transient Instance<FormTokens> tokens;

  @Inject private transient Instance<KeptPages> kept;

  @Inject private transient Instance<Languages> languages;

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
    request.setAttribute(QUERY, ownQuery(request));
    Optional<Language> chosen = languages.get().chosen(request.getParameter(SiteView.LANGUAGE));
    if (chosen.isPresent() && !request.getMethod().equals("POST")) {
      response.addCookie(LanguageCookie.of(chosen.get(), policy.get()));
      LocalPath.of(ownAddress(request)).orElse(LocalPath.HOME).redirect(response);
    } else if (page.get().publishing() && policy.get().readOnly()) {
      response.setStatus(HttpServletResponse.SC_SEE_OTHER);
      response.setHeader("Location", READ_ONLY);
    } else if ((page.get().forUsers() || request.getMethod().equals("POST"))
        && isUnknown(request)) {
      FormError.send(
          new NotSignedInException(AuthenticationFailure.UNAVAILABLE), request, response);
    } else if (page.get().forUsers() && request.getUserPrincipal() == null) {
      response.setStatus(HttpServletResponse.SC_SEE_OTHER);
      response.setHeader(
          "Location", "/login-method?to=" + escaped(address(request)) + told(request));
    } else if (page.get().operating() && !access.get().mayOperate()) {
      ErrorPage.send(
          request,
          response,
          HttpServletResponse.SC_FORBIDDEN,
          "only administrators of this hub may see this page");
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
      read = form.get().read(request);
    } catch (TryAgainLaterException e) {
      FormError.send(e, request, response);
      return;
    } catch (IOException e) {
      FormError.send(e, request, response);
      return;
    }
    if (!PageForm.hasState(read)) {
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
    } else if (isOfSession(read)) {
      show(page, read, response);
    } else {
      request.setAttribute(ExpiredFormHandler.UNSENT, true);
      response.setStatus(HttpServletResponse.SC_CONFLICT);
      show(page, ParameterizedRequest.ofAddress(request), response);
    }
  }

  /**
   * Whether a form is from a page of the visitor's session. Visitors who are not signed in have
   * none, and their forms can do nothing that needs one.
   */
  private boolean isOfSession(HttpServletRequest read) {
    if (read.getUserPrincipal() == null) {
      return true;
    }
    try {
      tokens.get().check(Objects.requireNonNullElse(read.getParameter(FormTokens.FIELD), ""));
      return true;
    } catch (StaleFormException e) {
      return false;
    }
  }

  /** Whether it cannot be found out at the moment who has sent a request. */
  private static boolean isUnknown(HttpServletRequest request) {
    return request.getUserPrincipal() == null
        && AuthenticationFailure.of(request) == AuthenticationFailure.UNAVAILABLE;
  }

  /** The server passes URLs with the suffix of page files to Faces. */
  private static boolean isFaces(HttpServletRequest request) {
    return "faces".equals(request.getHttpServletMapping().getServletName());
  }

  private void show(SitePage page, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    boolean compressed =
        !page.keepsSecrets() && Gzip.isAccepted(request.getHeader("Accept-Encoding"));
    Language language = languages.get().of(request);
    response.setHeader("Content-Language", language.tag());
    response.setHeader("Vary", "Accept-Language, Cookie");
    Optional<KeptPages.Place> place = kept.get().placeOf(page, request, language, compressed);
    Optional<GzipResponse.Page> known = place.flatMap(KeptPages.Place::page);
    if (known.isPresent()) {
      known.get().send(request, response);
      return;
    }
    GzipResponse buffered = new GzipResponse(response, compressed);
    request.getRequestDispatcher(page.view()).forward(request, buffered);
    Optional<GzipResponse.Page> made = buffered.finish();
    if (made.isPresent()) {
      if (response.getStatus() == HttpServletResponse.SC_OK) {
        place.ifPresent(where -> where.keep(made.get()));
      }
      made.get().send(request, response);
    }
  }

  /**
   * Whether the browser marks a form as cross-site, which protects visitors who have no session,
   * too. Browsers send the origin of every cross-site form post ({@code null} if opaque) and omit
   * session cookies, which are {@code SameSite=Lax}. Requests without these headers are same-site
   * or not sent by a browser.
   */
  private boolean isOfOtherSite() {
    try {
      access.get().refuseOtherSites();
      return false;
    } catch (ForeignRequestException e) {
      return true;
    }
  }

  private static String told(HttpServletRequest request) {
    return request.getMethod().equals("POST") ? "&" + UNSENT : "";
  }

  /** The path and query without the choice of a language, so that it is not shared with them. */
  private static String ownAddress(HttpServletRequest request) {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    String query = ownQuery(request);
    return query.isEmpty() ? path : path + "?" + query;
  }

  private static String ownQuery(HttpServletRequest request) {
    return Stream.ofNullable(request.getQueryString())
        .flatMap(text -> Stream.of(text.split("&", -1)))
        .filter(parameter -> !parameter.startsWith(SiteView.LANGUAGE + "="))
        .collect(Collectors.joining("&"));
  }

  private static String address(HttpServletRequest request) {
    boolean again = request.getMethod().equals("GET") && request.getQueryString() != null;
    return request.getServletPath() + (again ? "?" + request.getQueryString() : "");
  }

  private static String escaped(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
