package tf.grid.hub.site.upload;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.access.AccessException;
import tf.grid.hub.access.FormTokens;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.audit.AuditNotes;
import tf.grid.hub.audit.PageAudit;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.http.RateLimitFields;
import tf.grid.hub.http.body.BodyException.MalformedBodyException;
import tf.grid.hub.http.form.IncomingForm;
import tf.grid.hub.http.form.IncomingForms;
import tf.grid.hub.http.form.ParameterizedRequest;
import tf.grid.hub.job.Job;
import tf.grid.hub.job.Job.JobExpiredException;
import tf.grid.hub.job.JobEvent;
import tf.grid.hub.job.JobId;
import tf.grid.hub.job.JobProgress;
import tf.grid.hub.job.Jobs;
import tf.grid.hub.problem.Problem;
import tf.grid.hub.publish.NewFlist;

/**
 * Handles the forms of the site that create flists. Each form runs as a job: the script of the page
 * creates the job first ({@code ?job=new}), listens to it, and sends the form with its id ({@code
 * ?job=<id>}); a form without an id gets its own job. Bodies are processed while they arrive, after
 * authentication. Thread-safe.
 */
@SingletonBean
public class UploadForms {
  private static final String NEW = "new";

  /** The status in the audit log for all failures of permitted forms. */
  private static final int FAILED = 400;

  private static final int SPENT = 409;

  /** Most failed uploads are small. Clients that send more than this see a broken connection. */
  private static final long MOST_SKIPPED = 256L << 20;

  private final AccessControl access;
  private final FormTokens tokens;
  private final IncomingForms forms;
  private final Jobs jobs;
  private final PageAudit audit;

  @Inject
  public UploadForms(
      AccessControl access, FormTokens tokens, IncomingForms forms, Jobs jobs, PageAudit audit) {
    this.access = access;
    this.tokens = tokens;
    this.forms = forms;
    this.jobs = jobs;
    this.audit = audit;
  }

  /** Processes a form and sends the response. */
  public void answer(HttpServletRequest request, HttpServletResponse response, FormWork work)
      throws IOException {
    response.setHeader("Cache-Control", "no-store");
    FormReply reply = FormReply.to(request, response);
    try {
      AccountName account = access.toChange();
      access.refuseOtherSites();
      IncomingForm form = checked(request);
      String id = parameter(request, "job").orElse("");
      if (id.equals(NEW)) {
        reply.waits(jobs.open(account, work.title()));
        return;
      }
      Optional<Job> job =
          id.isEmpty() ? Optional.of(jobs.open(account, work.title())) : waiting(id, account);
      if (job.isPresent()) {
        run(job.get(), work, posted(request, form, account), reply);
      } else {
        reply.unknown();
      }
    } catch (AccessException e) {
      audit.record(audit.of(work.action()).failed(e.status(), e.getMessage()));
      reply.refused(e);
    } catch (MalformedBodyException e) {
      reply.malformed(e.getMessage());
    } catch (RuntimeException e) {
      if (!(e instanceof Problem problem)) {
        throw e;
      }
      RateLimitFields.of(request).addTo(response);
      reply.busy(problem);
    }
  }

  /** Scripts send the token in the header; other clients in the first field of the form. */
  private IncomingForm checked(HttpServletRequest request) throws IOException {
    IncomingForm form = forms.receive(request.getContentType(), request.getInputStream());
    String header = request.getHeader(FormTokens.HEADER);
    if (header != null) {
      tokens.check(header);
    }
    // A script sends the fields of the form as well. The next one must be the first of the work.
    String field = tokens.needed() ? form.first(FormTokens.FIELD).orElse("") : "";
    if (header == null) {
      tokens.check(field);
    }
    return form;
  }

  private Optional<Job> waiting(String id, AccountName account) {
    return JobId.parse(id).flatMap(jobs::find).filter(job -> job.owner().equals(account));
  }

  private static PostedForm posted(
      HttpServletRequest request, IncomingForm form, AccountName account) {
    return new PostedForm(
        account,
        form,
        request.getContentLengthLong(),
        Optional.ofNullable(request.getHeader("X-Original-Name")),
        AuditNotes.of(request));
  }

  private void run(Job job, FormWork work, PostedForm form, FormReply reply) throws IOException {
    try {
      Made made =
          jobs.run(
              job,
              progress -> new Made(work.run(form, progress), progress.counted()),
              done -> done.ending(form, work));
      audit.record(audit.of(work.action()));
      reply.made(job, form.preview(made.flist().name()));
    } catch (JobExpiredException again) {
      audit.record(audit.of(work.action()).failed(SPENT, again.getMessage()));
      reply.spent(job, again.getMessage());
    } catch (Exception failure) {
      String why = reason(job, failure);
      audit.record(audit.of(work.action()).failed(FAILED, why));
      if (reply.afterAll()) {
        skipRest(form.form());
      }
      reply.failed(job, why);
    }
  }

  private static String reason(Job job, Exception failure) {
    return job.latest().event() instanceof JobEvent.Failed ended
        ? ended.message()
        : failure.getMessage();
  }

  private static void skipRest(IncomingForm form) {
    try {
      form.skipRest(MOST_SKIPPED);
    } catch (IOException e) {
      // The browser has disconnected or sends too much; it does not receive the response.
    }
  }

  /** A parameter in the URL of a form. {@code getParameter} would read the body as well. */
  public static Optional<String> parameter(HttpServletRequest request, String name) {
    return Optional.ofNullable(ParameterizedRequest.ofAddress(request).getParameter(name));
  }

  /** A flist and the counts of its job. */
  private record Made(NewFlist flist, JobEvent.Counted counted) {

    JsonObject ending(PostedForm form, FormWork work) {
      return Json.createObjectBuilder(work.ending(flist))
          .add("repository", form.account().value())
          .add("received", counted.bytes())
          .add("chunks_new", counted.freshChunks())
          .add("chunks_known", counted.knownChunks())
          .build();
    }
  }

  /** The work of a form. Thread-safe. */
  public interface FormWork {

    /** The name of the action in the audit log. */
    String action();

    /** The initial message for listeners. */
    String title();

    /**
     * Creates and publishes a flist.
     *
     * @throws Exception if that fails; nothing is published then
     */
    NewFlist run(PostedForm form, JobProgress progress) throws Exception;

    /** The final event for listeners. */
    JsonObject ending(NewFlist made);
  }
}
