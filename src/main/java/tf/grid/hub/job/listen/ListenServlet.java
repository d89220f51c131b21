package tf.grid.hub.job.listen;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.access.AccessException;
import tf.grid.hub.access.ChangeKind;
import tf.grid.hub.access.FormTokens;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.audit.AuditEntry;
import tf.grid.hub.audit.PageAudit;
import tf.grid.hub.http.error.ErrorAnswer;
import tf.grid.hub.job.Job;
import tf.grid.hub.job.JobId;
import tf.grid.hub.job.Jobs;
import tf.grid.hub.problem.Problem;

/**
 * {@code /listen/<job>}: streams the events of a job until its end (server-sent events, HTML
 * standard). A listener that reconnects sends the number of the last event it has seen.
 * Thread-safe.
 */
@WebServlet(urlPatterns = "/listen/*", asyncSupported = true)
public class ListenServlet extends HttpServlet {

  private static final long serialVersionUID = 1;
  private static final int MOST_LISTENERS = 1000;
  private static final long BEAT_SECONDS = 15;

  /** Field injection, because the server instantiates servlets itself. */
  @Inject private transient Jobs jobs;

  @Inject private transient AccessControl access;

  @Inject private transient FormTokens tokens;

  @Inject private transient PageAudit audit;

  private transient Set<EventStream> streams;
  private transient ScheduledExecutorService writers;

  @Override
  public void init() {
    streams = ConcurrentHashMap.newKeySet();
    // An event during shutdown must not make the job fail.
    writers =
        new ScheduledThreadPoolExecutor(
            1, ListenServlet::daemon, new ThreadPoolExecutor.DiscardPolicy());
    Future<?> unused =
        writers.scheduleAtFixedRate(
            () -> streams.forEach(EventStream::beat), BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void destroy() {
    writers.shutdownNow();
    streams.forEach(EventStream::end);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<Job> job;
    try {
      job = job(request.getPathInfo());
    } catch (RuntimeException e) {
      ErrorAnswer.send(response, problem(e));
      return;
    }
    if (job.isEmpty()) {
      ErrorAnswer.send(response, 404, "job id not found");
    } else if (streams.size() >= MOST_LISTENERS) {
      response.setHeader("Retry-After", Long.toString(BEAT_SECONDS));
      ErrorAnswer.send(response, 503, "too many are listening, try again later");
    } else {
      stream(job.get(), request, response);
    }
  }

  /**
   * Cancels a job for a page of its owner's session. Has no effect after its end. Programs use the
   * REST API.
   */
  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      AccountName account = access.toChange(ChangeKind.UNCOUNTED);
      access.refuseOtherSites();
      tokens.check(Objects.requireNonNullElse(request.getHeader(FormTokens.HEADER), ""));
      Optional<Job> own = job(request.getPathInfo()).filter(job -> job.owner().equals(account));
      if (own.isEmpty()) {
        refuse(request, response, 404, "job id not found");
        return;
      }
      own.get().cancel();
      audit.record(entry(request));
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    } catch (AccessException e) {
      refuse(request, response, e.status(), e.getMessage());
    } catch (RuntimeException e) {
      Problem problem = problem(e);
      audit.record(entry(request).failed(problem.status(), problem.publicMessage()));
      ErrorAnswer.send(response, problem);
    }
  }

  private static Problem problem(RuntimeException failure) {
    if (failure instanceof Problem problem) {
      return problem;
    }
    throw failure;
  }

  private void refuse(
      HttpServletRequest request, HttpServletResponse response, int status, String why)
      throws IOException {
    audit.record(entry(request).failed(status, why));
    ErrorAnswer.send(response, status, why);
  }

  private AuditEntry entry(HttpServletRequest request) {
    return audit.of("cancel-job").named("id", id(request.getPathInfo()));
  }

  private void stream(Job job, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/event-stream;charset=UTF-8");
    response.setHeader("Cache-Control", "no-store");
    // Without this, nginx buffers the events.
    response.setHeader("X-Accel-Buffering", "no");
    // Open Liberty keeps the first event back otherwise.
    response.flushBuffer();
    AsyncContext connection = request.startAsync();
    connection.setTimeout(0);
    AtomicReference<EventStream> self = new AtomicReference<>();
    EventStream stream =
        new EventStream(job, seen(request), connection, writers, () -> streams.remove(self.get()));
    self.set(stream);
    streams.add(stream);
    response.getOutputStream().setWriteListener(stream);
  }

  private Optional<Job> job(String path) {
    return JobId.parse(id(path)).flatMap(jobs::find);
  }

  private static String id(String path) {
    return path == null ? "" : path.replaceAll("^/|/$", "");
  }

  /** The number of the latest event before the listener reconnected. */
  private static long seen(HttpServletRequest request) {
    String id = request.getHeader("Last-Event-ID");
    try {
      return id == null ? 0 : Long.parseLong(id);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "job-listeners");
    thread.setDaemon(true);
    return thread;
  }
}
