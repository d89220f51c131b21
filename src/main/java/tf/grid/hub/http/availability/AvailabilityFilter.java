package tf.grid.hub.http.availability;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.http.ResponseHeaders;
import tf.grid.hub.http.availability.Availability.StoppingException;
import tf.grid.hub.http.body.BodyException.BodyTooSlowException;
import tf.grid.hub.http.body.BodyWaits;
import tf.grid.hub.http.body.ObservedRequest;
import tf.grid.hub.http.body.ObservedRequest.Observer;
import tf.grid.hub.http.error.ErrorAnswer;

/**
 * Answers 503 with the reason if the start has failed, and while the hub stops. Its position is in
 * {@code web.xml}, before all filters that need other services. Thread-safe.
 */
public class AvailabilityFilter extends HttpFilter {

  private static final long serialVersionUID = 1;
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "INFO");

  /** Field injection, because the server instantiates filters itself. */
  @Inject private transient Availability availability;

  private final transient BodyWaits waits = new BodyWaits(BodyWaits.MOST);

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Optional<String> failure = availability.startFailure();
    Optional<StoppingException> stopping = availability.stopping();
    if (failure.isPresent()) {
      refuse(request, response, "the hub could not start: " + failure.get());
    } else if (stopping.isPresent()) {
      stopping
          .get()
          .retryAfter()
          .ifPresent(pause -> response.setHeader("Retry-After", Long.toString(pause.toSeconds())));
      refuse(request, response, stopping.get().getMessage());
    } else if (isChange(request)) {
      chain.doFilter(new ObservedRequest(request, new Waiting()), response);
    } else {
      chain.doFilter(request, response);
    }
    if (availability.stopping().isPresent() && isChange(request) && !request.isAsyncStarted()) {
      response.flushBuffer(); // before the services close
    }
  }

  /** Whether a request may change something, in any case of its method. */
  static boolean isChange(HttpServletRequest request) {
    return !READING.contains(request.getMethod().toUpperCase(Locale.ROOT));
  }

  /** Plain text for browsers too: the pages need services that may not exist. */
  private static void refuse(
      HttpServletRequest request, HttpServletResponse response, String reason) throws IOException {
    response.setHeader("Cache-Control", "no-store");
    if (ResponseHeaders.isApi(request.getContextPath(), request.getRequestURI())) {
      ErrorAnswer.send(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, reason);
      return;
    }
    byte[] body = ("error: " + reason + "\n").getBytes(StandardCharsets.UTF_8);
    response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    response.setContentType("text/plain;charset=UTF-8");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /**
   * Ends the body of a request with an exception when the hub stops, or when it is waited for the
   * longest of too many.
   */
  private final class Waiting implements Observer {
    private BodyWaits.Wait wait;

    @Override
    public void beforeRead() throws StoppingException {
      Optional<StoppingException> stopping = availability.stopping();
      if (stopping.isPresent()) {
        throw stopping.get();
      }
      wait = waits.begin();
    }

    @Override
    public void endRead() throws IOException {
      if (waits.end(wait)) {
        throw BodyTooSlowException.amongTooMany();
      }
    }
  }
}
