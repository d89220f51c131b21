package tf.grid.hub.page;

import jakarta.faces.application.ViewHandler;
import jakarta.faces.application.ViewHandlerWrapper;
import jakarta.faces.context.FacesContext;
import jakarta.servlet.RequestDispatcher;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Lets forms post to the address that the visitor sees, not to the file that the page is made from,
 * which nobody can ask for. Safe for any number of threads.
 */
public final class OwnAddresses extends ViewHandlerWrapper {

  /** Takes the server's handler. */
  public OwnAddresses(ViewHandler wrapped) {
    super(wrapped);
  }

  @Override
  public String getActionURL(FacesContext context, String viewId) {
    Map<String, Object> request = context.getExternalContext().getRequestMap();
    Object seen = request.get(RequestDispatcher.FORWARD_REQUEST_URI);
    boolean same =
        context.getViewRoot() != null && viewId.equals(context.getViewRoot().getViewId());
    if (seen == null || !same) {
      return super.getActionURL(context, viewId);
    }
    Object query = request.get(RequestDispatcher.FORWARD_QUERY_STRING);
    String kept = query == null ? "" : withoutFields(query.toString());
    return kept.isEmpty() ? seen.toString() : seen + "?" + kept;
  }

  /**
   * Names with a colon are those of fields and buttons. Left in an address that somebody was lured
   * to, they would be sent with any form of the page, and press buttons of another.
   */
  private static String withoutFields(String query) {
    return Arrays.stream(query.split("&", -1))
        .filter(parameter -> !mayBeField(parameter.split("=", 2)[0]))
        .collect(Collectors.joining("&"));
  }

  private static boolean mayBeField(String name) {
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8).indexOf(':') >= 0;
    } catch (IllegalArgumentException e) {
      return true;
    }
  }
}
