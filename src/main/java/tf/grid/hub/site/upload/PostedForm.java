package tf.grid.hub.site.upload;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.audit.AuditNotes;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.UploadName;
import tf.grid.hub.http.form.IncomingForm;
import tf.grid.hub.job.JobProgress;
import tf.grid.hub.site.catalogue.PageLinks;

/**
 * An authenticated form of the site. Not thread-safe.
 *
 * @param account owner of the flist
 * @param form its fields and its file, while they arrive
 * @param length in bytes, or -1 if unknown
 * @param originalName the header {@code X-Original-Name}
 * @param notes for the audit log
 */
public record PostedForm(
    AccountName account,
    IncomingForm form,
    long length,
    Optional<String> originalName,
    AuditNotes notes) {

  /**
   * The repository of the flist.
   *
   * @throws tf.grid.hub.catalogue.name.CatalogueException.InvalidNameException if the account name
   *     is not a valid repository name
   */
  public RepositoryName owner() {
    return new RepositoryName(account.value());
  }

  /**
   * How a flist is named: as in the field {@code name}, if that is the next field of the form and
   * not blank, otherwise after the file.
   *
   * @return may throw {@link tf.grid.hub.catalogue.name.CatalogueException.InvalidNameException}
   */
  Function<String, FlistName> naming() throws IOException {
    String typed = form.first("name").orElse("").strip();
    return file -> FlistName.parse(typed.isEmpty() ? UploadName.of(originalName, file) : typed);
  }

  /** Reports the name of the flist to listeners and the audit log. */
  public void named(FlistName name, JobProgress progress) {
    notes.concerns("name", name.stored());
    progress.step("receiving " + name.stored());
  }

  /** The URL of the page of a flist in this repository. */
  String preview(FlistName name) {
    return PageLinks.preview(owner(), name.stored());
  }
}
