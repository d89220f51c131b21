package tf.grid.hub.site;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.faces.application.ViewHandler;
import jakarta.faces.application.ViewHandlerWrapper;
import jakarta.faces.context.FacesContext;
import jakarta.servlet.RequestDispatcher;
import java.util.Locale;
import java.util.Map;
import tf.grid.hub.http.BasePath;
import tf.grid.hub.site.language.Messages;

/**
 * Makes forms post to the URL that the visitor sees, not to the page file, which is not accessible,
 * and uses the language of the visitor. Parameters that could be form fields are ignored, see
 * {@link PageForm}. Thread-safe.
 */
public final class PageViewHandler extends ViewHandlerWrapper {

  public PageViewHandler(ViewHandler wrapped) {
    super(wrapped);
  }

  /** Faces has messages of its own, such as those of converters. */
  @Override
  public Locale calculateLocale(FacesContext context) {
    return CDI.current().select(Messages.class).get().language().locale();
  }

  @Override
  public String getActionURL(FacesContext context, String viewId) {
    Map<String, Object> request = context.getExternalContext().getRequestMap();
    Object seen = request.get(RequestDispatcher.FORWARD_REQUEST_URI);
    Object root = request.get(RequestDispatcher.FORWARD_CONTEXT_PATH);
    boolean same =
        context.getViewRoot() != null && viewId.equals(context.getViewRoot().getViewId());
    if (seen == null || !same) {
      return super.getActionURL(context, viewId);
    }
    Object query = request.get(RequestDispatcher.FORWARD_QUERY_STRING);
    String path = seen.toString().substring(root.toString().length());
    String address = CDI.current().select(BasePath.class).get().url(path);
    return query == null ? address : address + "?" + query;
  }
}
