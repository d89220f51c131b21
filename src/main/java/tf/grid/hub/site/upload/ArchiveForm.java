package tf.grid.hub.site.upload;

import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.function.Function;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.job.JobProgress;
import tf.grid.hub.publish.NewFlist;
import tf.grid.hub.publish.PublishAnswer;
import tf.grid.hub.site.upload.UploadForms.FormWork;
import tf.grid.hub.upload.ArchiveUpload;

/** Upload of an archive. Thread-safe. */
@SingletonBean
public class ArchiveForm implements FormWork {
  private final ArchiveUpload uploads;

  @Inject
  public ArchiveForm(ArchiveUpload uploads) {
    this.uploads = uploads;
  }

  @Override
  public String action() {
    return "upload";
  }

  @Override
  public String title() {
    return "waiting for the archive";
  }

  @Override
  public NewFlist run(PostedForm form, JobProgress progress) throws IOException, ArchiveException {
    progress.expect(form.length());
    Function<String, FlistName> naming = form.naming();
    return uploads.fromForm(
        form.owner(), form.form(), naming, name -> form.named(name, progress), progress);
  }

  @Override
  public JsonObject ending(NewFlist made) {
    return PublishAnswer.ending(made);
  }
}
