package tf.grid.hub.metrics;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;

/**
 * Measures half of the requests, chosen at random, and the processor time of both halves. {@code
 * /meter} answers with requests and nanoseconds of those with metrics, then of those without, and
 * begins again. {@code bench/metrics} puts this filter in the place of the original. Thread-safe.
 */
public class AlternatingMeterFilter extends RequestMeterFilter {
  private static final long serialVersionUID = 1;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final transient Half with = new Half();
  private final transient Half without = new Half();

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getRequestURI().equals("/meter")) {
      response.getWriter().println(with.reset() + " " + without.reset());
      return;
    }
    boolean metered = ThreadLocalRandom.current().nextBoolean();
    long begun = THREADS.getCurrentThreadCpuTime();
    if (metered) {
      super.doFilter(request, response, chain);
    } else {
      chain.doFilter(request, response);
    }
    (metered ? with : without).add(THREADS.getCurrentThreadCpuTime() - begun);
  }

  private static final class Half {
    private final LongAdder requests = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    void add(long time) {
      requests.increment();
      nanos.add(time);
    }

    String reset() {
      return requests.sumThenReset() + " " + nanos.sumThenReset();
    }
  }
}
