package tf.grid.hub.site;

import jakarta.faces.FacesException;
import jakarta.faces.context.ExceptionHandler;
import jakarta.faces.context.ExceptionHandlerFactory;
import jakarta.faces.context.ExceptionHandlerWrapper;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.ExceptionQueuedEvent;
import jakarta.faces.event.PhaseId;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tf.grid.hub.access.AccessException;
import tf.grid.hub.access.AccessMapper;
import tf.grid.hub.catalogue.name.CatalogueException;
import tf.grid.hub.catalogue.name.CatalogueException.CatalogueBusyException;
import tf.grid.hub.http.ErrorPage;

/**
 * Answers what the catalogue, or who decides about access, does not grant with a page that says
 * why, under the status that the REST API gives. Safe for any number of threads.
 */
public final class ErrorPageHandler extends ExceptionHandlerFactory {

  private static final String VIEW = "/WEB-INF/pages/error.xhtml";

  /** Takes the factory of the handler that gets all else. */
  public ErrorPageHandler(ExceptionHandlerFactory wrapped) {
    super(wrapped);
  }

  @Override
  public ExceptionHandler getExceptionHandler() {
    return new Page(getWrapped().getExceptionHandler());
  }

  /** For one request. */
  private static final class Page extends ExceptionHandlerWrapper {

    Page(ExceptionHandler wrapped) {
      super(wrapped);
    }

    @Override
    public void handle() throws FacesException {
      Iterator<ExceptionQueuedEvent> queue = getUnhandledExceptionQueuedEvents().iterator();
      while (queue.hasNext()) {
        var context = queue.next().getContext();
        // What is sent already cannot become another page.
        if (context.getPhaseId() != PhaseId.RENDER_RESPONSE) {
          refusal(context.getException())
              .ifPresent(
                  refusal -> {
                    queue.remove();
                    show(refusal);
                  });
        }
      }
      super.handle();
    }

    private static Optional<RuntimeException> refusal(Throwable exception) {
      return Stream.iterate(exception, cause -> cause != null, Throwable::getCause)
          .filter(RuntimeException.class::isInstance)
          .map(RuntimeException.class::cast)
          .filter(cause -> cause instanceof CatalogueException || cause instanceof AccessException)
          .findFirst();
    }

    private static int status(RuntimeException refusal) {
      return refusal instanceof CatalogueException catalogue
          ? catalogue.status()
          : AccessMapper.status((AccessException) refusal);
    }

    private static void show(RuntimeException refusal) {
      FacesContext faces = FacesContext.getCurrentInstance();
      ExternalContext request = faces.getExternalContext();
      if (refusal instanceof CatalogueBusyException busy) {
        request.setResponseHeader("Retry-After", Long.toString(busy.pause().toSeconds()));
      }
      if (!ErrorPage.takesPages(request.getRequestHeaderMap().get("Accept"))) {
        sendLine(faces, status(refusal));
        return;
      }
      String why = refusal.getMessage();
      request
          .getRequestMap()
          .put("problem", why.substring(0, 1).toUpperCase(Locale.ROOT) + why.substring(1));
      request.setResponseStatus(status(refusal));
      faces.setViewRoot(faces.getApplication().getViewHandler().createView(faces, VIEW));
      faces.renderResponse();
    }

    private static void sendLine(FacesContext faces, int status) {
      try {
        faces.getExternalContext().responseSendError(status, null);
        faces.responseComplete();
      } catch (IOException e) {
        throw new FacesException(e);
      }
    }
  }
}
