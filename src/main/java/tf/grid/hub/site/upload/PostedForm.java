package tf.grid.hub.site.upload;

import java.util.Optional;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.audit.AuditNotes;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.http.form.IncomingForm;
import tf.grid.hub.job.JobProgress;
import tf.grid.hub.site.catalogue.PageLinks;

/**
 * A form that was sent, and is known to be one of ours. For one thread.
 *
 * @param account whose repository the flist is for
 * @param form its fields and its file, while they arrive
 * @param length its bytes, or -1 if the browser did not tell
 * @param originalName what the header {@code X-Original-Name} says
 * @param notes for the audit log
 */
public record PostedForm(
    AccountName account,
    IncomingForm form,
    long length,
    Optional<String> originalName,
    AuditNotes notes) {

  /**
   * The repository that the flist is for.
   *
   * @throws tf.grid.hub.catalogue.name.CatalogueException.InvalidNameException if no repository can
   *     have the account's name
   */
  public RepositoryName owner() {
    return new RepositoryName(account.value());
  }

  /** Tells what the flist will be called to those who watch, and to the audit log. */
  public void named(FlistName name, JobProgress progress) {
    notes.concerns("name", name.stored());
    progress.step("receiving " + name.stored());
  }

  /** The address of the page of a flist in this repository. */
  String preview(FlistName name) {
    return PageLinks.preview(owner(), name.stored());
  }
}
