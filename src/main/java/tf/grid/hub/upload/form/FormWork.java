package tf.grid.hub.upload.form;

import jakarta.json.JsonObject;
import tf.grid.hub.job.JobProgress;
import tf.grid.hub.upload.Uploaded;

/** What the form of a page is for. Threads may share it. */
public interface FormWork {

  /** The word for it in the audit log. */
  String action();

  /** What listeners are told until more is known. */
  String title();

  /**
   * Makes and publishes a flist.
   *
   * @throws Exception when that fails; nothing is published then
   */
  Uploaded run(PostedForm form, JobProgress progress) throws Exception;

  /** What listeners are told of the flist. */
  JsonObject ending(Uploaded made);
}
