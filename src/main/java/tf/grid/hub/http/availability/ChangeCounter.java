package tf.grid.hub.http.availability;

import jakarta.inject.Inject;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Counts requests that change something. A listener is called before authentication and filters,
 * which take a while for the first request of a process. Thread-safe.
 */
@WebListener
public class ChangeCounter implements ServletRequestListener {
  private static final String COUNTED = ChangeCounter.class.getName();

  /** Field injection, because the server instantiates listeners itself. */
  @Inject private Availability availability;

  @Override
  public void requestInitialized(ServletRequestEvent event) {
    if (event.getServletRequest() instanceof HttpServletRequest request
        && AvailabilityFilter.isChange(request)) {
      request.setAttribute(COUNTED, true);
      availability.changing();
    }
  }

  @Override
  public void requestDestroyed(ServletRequestEvent event) {
    if (event.getServletRequest().getAttribute(COUNTED) != null) {
      event.getServletRequest().removeAttribute(COUNTED);
      availability.changed();
    }
  }
}
