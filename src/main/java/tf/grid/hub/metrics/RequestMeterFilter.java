package tf.grid.hub.metrics;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import tf.grid.hub.http.body.ObservedRequest;
import tf.grid.hub.http.body.ObservedRequest.Observer;
import tf.grid.hub.metrics.RequestMeter.Kind;

/** Measures all requests; {@code web.xml} places it before all other filters. Thread-safe. */
public class RequestMeterFilter extends HttpFilter {
  private static final long serialVersionUID = 1;

  /** Looked up at the first request, because the server creates filters before the hub starts. */
  @Inject private transient Instance<RequestMeter> meters;

  private transient volatile RequestMeter found;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    RequestMeter meter = meter();
    Kind kind = Kind.of(request.getRequestURI().substring(request.getContextPath().length()));
    long begun = meter.begin();
    int status = 0;
    try {
      chain.doFilter(
          hasBody(request) ? new ObservedRequest(request, received(meter)) : request, response);
      status = response.getStatus();
    } catch (IOException e) {
      meter.abort(kind);
      throw e;
    } catch (ServletException | RuntimeException | Error e) {
      status = HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
      throw e;
    } finally {
      if (request.isAsyncStarted()) {
        request.getAsyncContext().addListener(new End(meter, kind, begun, response));
      } else {
        meter.end(kind, status, begun);
      }
    }
  }

  private static Observer received(RequestMeter meter) {
    return new Observer() {
      @Override
      public void afterRead(int bytes) {
        meter.receive(bytes);
      }
    };
  }

  private RequestMeter meter() {
    RequestMeter meter = found;
    if (meter == null) {
      meter = meters.get();
      found = meter;
    }
    return meter;
  }

  private static boolean hasBody(HttpServletRequest request) {
    String method = request.getMethod();
    return !method.equals("GET") && !method.equals("HEAD");
  }

  /** The end of a request that another thread completes. */
  private record End(RequestMeter meter, Kind kind, long begun, HttpServletResponse response)
      implements AsyncListener {

    @Override
    public void onComplete(AsyncEvent event) {
      meter.end(kind, response.getStatus(), begun);
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      // The server calls onComplete too.
    }

    @Override
    public void onError(AsyncEvent event) {
      meter.abort(kind);
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      event.getAsyncContext().addListener(this);
    }
  }
}
