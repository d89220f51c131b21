package tf.grid.hub.site;

import jakarta.enterprise.inject.spi.CDI;
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
import tf.grid.hub.catalogue.name.CatalogueException.PageNotFoundException;
import tf.grid.hub.http.error.ErrorPage;
import tf.grid.hub.problem.Problem;
import tf.grid.hub.site.language.Messages;

/**
 * Shows a page with the reason when a request fails with a {@link Problem}, under the status that
 * the REST API gives. Thread-safe.
 */
public final class ErrorPageHandler extends ExceptionHandlerFactory {

  private static final System.Logger LOG = System.getLogger(ErrorPageHandler.class.getName());
  private static final String VIEW = "/WEB-INF/pages/error.xhtml";

  /** Wraps the factory of the handler for all other exceptions. */
  public ErrorPageHandler(ExceptionHandlerFactory wrapped) {
    super(wrapped);
  }

  @Override
  public ExceptionHandler getExceptionHandler() {
    return new Page(getWrapped().getExceptionHandler());
  }

  private static final class Page extends ExceptionHandlerWrapper {

    Page(ExceptionHandler wrapped) {
      super(wrapped);
    }

    @Override
    public void handle() throws FacesException {
      Iterator<ExceptionQueuedEvent> queue = getUnhandledExceptionQueuedEvents().iterator();
      while (queue.hasNext()) {
        var context = queue.next().getContext();
        // A response that is partially sent cannot be replaced.
        if (context.getPhaseId() != PhaseId.RENDER_RESPONSE) {
          problem(context.getException())
              .ifPresent(
                  problem -> {
                    queue.remove();
                    show(problem);
                  });
        }
      }
      super.handle();
    }

    private static Optional<Problem> problem(Throwable exception) {
      return Stream.iterate(exception, cause -> cause != null, Throwable::getCause)
          .filter(Problem.class::isInstance)
          .map(Problem.class::cast)
          .findFirst();
    }

    private static void show(Problem problem) {
      FacesContext faces = FacesContext.getCurrentInstance();
      ExternalContext request = faces.getExternalContext();
      problem.logTo(LOG);
      problem
          .retryAfter()
          .ifPresent(
              pause -> request.setResponseHeader("Retry-After", Long.toString(pause.toSeconds())));
      if (!ErrorPage.takesPages(request.getRequestHeaderMap().get("Accept"))) {
        sendLine(faces, problem.status());
        return;
      }
      if (problem instanceof PageNotFoundException missing) {
        request.getRequestMap().put("reason", reason(missing));
      }
      String why = problem.publicMessage();
      request
          .getRequestMap()
          .put("problem", why.substring(0, 1).toUpperCase(Locale.ROOT) + why.substring(1));
      request.setResponseStatus(problem.status());
      faces.setViewRoot(faces.getApplication().getViewHandler().createView(faces, VIEW));
      faces.renderResponse();
    }

    private static String reason(PageNotFoundException missing) {
      String key = "error.no-" + missing.what().replace(' ', '-');
      return CDI.current().select(Messages.class).get().of(key, missing.names());
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
