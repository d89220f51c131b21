package tf.grid.hub.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import tf.grid.hub.http.form.ParameterizedRequest;

/**
 * What the server itself refuses, before or beside the REST layer: one short line instead of its
 * HTML page, JSON under {@code /api}, a page of the site for browsers. Its address cannot be a
 * repository's. Stateless.
 */
@WebServlet(ErrorPage.ADDRESS)
public final class ErrorPage extends HttpServlet {
  private static final long serialVersionUID = 1;

  static final String ADDRESS = "/.error";
  private static final String PAGE = "/WEB-INF/pages/error.xhtml";

  /** The attribute of a request that says why it was refused. */
  private static final String REASON = ErrorPage.class.getName();

  /**
   * Refuses a request.
   *
   * @param why a sentence without its full stop, of plain letters
   */
  public static void send(
      HttpServletRequest request, HttpServletResponse response, int status, String why)
      throws IOException {
    request.setAttribute(REASON, why);
    response.sendError(status);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    int status = status(request);
    boolean json = wasForApi(request);
    if (!json && wantsPage(request, response)) {
      response.setStatus(status);
      String why = reason(request, status);
      request.setAttribute("problem", Character.toUpperCase(why.charAt(0)) + why.substring(1));
      request.getRequestDispatcher(PAGE).forward(ParameterizedRequest.none(request), response);
      return;
    }
    byte[] body = body(json, reason(request, status)).getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType(json ? "application/json" : "text/plain;charset=UTF-8");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static int status(HttpServletRequest request) {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    return status instanceof Integer code ? code : HttpServletResponse.SC_NOT_FOUND;
  }

  private static boolean wasForApi(HttpServletRequest request) {
    Object uri = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    return uri instanceof String text && ResponseHeaders.isApi(request.getContextPath(), text);
  }

  /** A page that fails itself gets no second one. */
  private static boolean wantsPage(HttpServletRequest request, HttpServletResponse response) {
    boolean failed = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) != null;
    return takesPages(request.getHeader("Accept")) && !failed && !response.isCommitted();
  }

  /**
   * Whether a client wants to be told of mistakes on a page: only browsers say that they take HTML.
   *
   * @param accepted the header {@code Accept}; null if there is none
   */
  public static boolean takesPages(String accepted) {
    return accepted != null && accepted.contains("text/html");
  }

  /** The reasons are ours, so that nothing of the request needs escaping. */
  private static String body(boolean json, String reason) {
    return json
        ? "{\"status\":\"error\",\"message\":\"" + reason + "\"}\n"
        : "error: " + reason + "\n";
  }

  private static String reason(HttpServletRequest request, int status) {
    return request.getAttribute(REASON) instanceof String why ? why : usual(status);
  }

  private static String usual(int status) {
    return switch (status) {
      case 400 -> "malformed request";
      case 401 -> "no authorization provided";
      case 403 -> "forbidden";
      case 404 -> "not found";
      case 405 -> "method not allowed";
      case 413 -> "the request is too large";
      case 501 -> "method not known";
      case 503 -> "the hub is busy, try again later";
      default -> status < 500 ? "the request cannot be answered" : "internal error";
    };
  }
}
