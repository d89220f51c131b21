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
 * Handles forms whose state cannot be read, for example because they were opened before a restart:
 * shows the page again with a notice that the form was not processed. Thread-safe.
 */
public final class ExpiredFormHandler extends ExceptionHandlerFactory {

  /** Request attribute for a form that was not processed. */
  static final String UNSENT = ExpiredFormHandler.class.getName();

  public ExpiredFormHandler(ExceptionHandlerFactory wrapped) {
    super(wrapped);
  }

  @Override
  public ExceptionHandler getExceptionHandler() {
    return new PageAgain(getWrapped().getExceptionHandler());
  }

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

    /** Foreign states cause various exceptions, all of them before the form is processed. */
    private static boolean isUnreadable(ExceptionQueuedEventContext event) {
      return event.getException() instanceof ViewExpiredException
          || (event.getContext().isPostback() && PhaseId.RESTORE_VIEW.equals(event.getPhaseId()));
    }

    /** Builds the page as for a GET request, without processing the form. */
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
