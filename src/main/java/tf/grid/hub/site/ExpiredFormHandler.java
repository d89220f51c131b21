package tf.grid.hub.site;

import jakarta.faces.FacesException;
import jakarta.faces.application.ViewExpiredException;
import jakarta.faces.context.ExceptionHandler;
import jakarta.faces.context.ExceptionHandlerFactory;
import jakarta.faces.context.ExceptionHandlerWrapper;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.ExceptionQueuedEvent;
import jakarta.faces.event.ExceptionQueuedEventContext;
import jakarta.faces.event.PhaseId;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Iterator;

/**
 * Answers forms whose state cannot be read, which is so for all that were made before the hub
 * started, with the page itself and a notice that nothing was done. Safe for any number of threads.
 */
public final class ExpiredFormHandler extends ExceptionHandlerFactory {

  /** The attribute of a request whose form was not looked at. */
  static final String UNSENT = ExpiredFormHandler.class.getName();

  /** Takes the server's factory. */
  public ExpiredFormHandler(ExceptionHandlerFactory wrapped) {
    super(wrapped);
  }

  @Override
  public ExceptionHandler getExceptionHandler() {
    return new PageAgain(getWrapped().getExceptionHandler());
  }

  /** For one request. */
  private static final class PageAgain extends ExceptionHandlerWrapper {

    PageAgain(ExceptionHandler wrapped) {
      super(wrapped);
    }

    @Override
    public void handle() throws FacesException {
      Iterator<ExceptionQueuedEvent> queue = getUnhandledExceptionQueuedEvents().iterator();
      while (queue.hasNext()) {
        if (isUnreadable(queue.next().getContext())) {
          queue.remove();
          show();
        }
      }
      super.handle();
    }

    /** States that were never made here fail in many ways, and all before the form is looked at. */
    private static boolean isUnreadable(ExceptionQueuedEventContext event) {
      return event.getException() instanceof ViewExpiredException
          || (event.getContext().isPostback() && PhaseId.RESTORE_VIEW.equals(event.getPhaseId()));
    }

    /** Builds the page as if it had been asked for anew, and leaves out all that forms set off. */
    private static void show() {
      FacesContext faces = FacesContext.getCurrentInstance();
      ExternalContext request = faces.getExternalContext();
      String viewId = request.getRequestServletPath();
      request.getRequestMap().put(UNSENT, true);
      request.setResponseStatus(HttpServletResponse.SC_CONFLICT);
      faces.setViewRoot(faces.getApplication().getViewHandler().createView(faces, viewId));
      faces.renderResponse();
    }
  }
}
