package tf.grid.hub.wiring.start;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The last step of the start: opens the gateway. Then it tells {@code hub.jar} that the port it
 * started on is this hub's, because the server does not report a port that is already taken. The
 * launcher sends a request with a random number, which it has left in a system property; answering
 * clears the property. Thread-safe.
 */
@WebServlet(urlPatterns = "/.started", loadOnStartup = Integer.MAX_VALUE)
public final class StartedServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  private static final String PROBE = "hub.start.probe";

  /** Field injection, because the server instantiates servlets itself. */
  @Inject private transient Startup startup;

  @Override
  public void init() {
    startup.finish(getServletContext());
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) {
    String probe = System.getProperty(PROBE);
    if (probe != null && probe.equals(request.getQueryString())) {
      System.clearProperty(PROBE);
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    } else {
      response.setStatus(HttpServletResponse.SC_NOT_FOUND);
    }
  }
}
