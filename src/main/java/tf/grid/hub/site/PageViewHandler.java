package tf.grid.hub.site;

import jakarta.faces.application.ViewHandler;
import jakarta.faces.application.ViewHandlerWrapper;
import jakarta.faces.context.FacesContext;
import jakarta.servlet.RequestDispatcher;
import java.util.Map;

/**
 * Lets forms post to the address that the visitor sees, not to the file that the page is made from,
 * which nobody can ask for. What of it could be a field counts for nothing, see {@link PageForm}.
 * Safe for any number of threads.
 */
public final class PageViewHandler extends ViewHandlerWrapper {

  /** Takes the server's handler. */
  public PageViewHandler(ViewHandler wrapped) {
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
    return query == null ? seen.toString() : seen + "?" + query;
  }
}
