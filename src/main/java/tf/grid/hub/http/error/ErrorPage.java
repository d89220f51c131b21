package tf.grid.hub.http.error;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import tf.grid.hub.http.ResponseHeaders;
import tf.grid.hub.http.form.ParameterizedRequest;

/**
 * Errors of the server outside of the REST API: a single line of text instead of its HTML page,
 * JSON under {@code /api}, a page of the site for browsers. Its URL is not a valid repository name.
 */
@WebServlet(ErrorPage.ADDRESS)
public final class ErrorPage extends HttpServlet {
  private static final long serialVersionUID = 1;

  static final String ADDRESS = "/.error";
  private static final String PAGE = "/WEB-INF/pages/error.xhtml";

  /** Request attribute with the reason of the error. */
  private static final String REASON = ErrorPage.class.getName();

  /**
   * Rejects a request.
   *
   * @param why a sentence without its full stop, plain letters only
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

  /**
   * If the error page itself fails, it is not shown again. Some servers report a missing file as an
   * exception.
   */
  private static boolean wantsPage(HttpServletRequest request, HttpServletResponse response) {
    boolean failed =
        request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) != null && status(request) >= 500;
    return takesPages(request.getHeader("Accept")) && !failed && !response.isCommitted();
  }

  /**
   * Whether a client wants HTML error pages; only browsers accept HTML explicitly.
   *
   * @param accepted the header {@code Accept}, or null
   */
  public static boolean takesPages(String accepted) {
    return accepted != null && accepted.contains("text/html");
  }

  /** Reasons are constants of the hub, so nothing needs escaping. */
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
