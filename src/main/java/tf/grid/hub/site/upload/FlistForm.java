package tf.grid.hub.site.upload;

import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.function.Function;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.job.JobProgress;
import tf.grid.hub.publish.NewFlist;
import tf.grid.hub.publish.PublishAnswer;
import tf.grid.hub.site.upload.UploadForms.FormWork;
import tf.grid.hub.upload.flist.FlistUpload;
import tf.grid.hub.upload.flist.FlistUpload.UploadedFlist;

/** Upload of an existing flist. Thread-safe. */
@SingletonBean
public class FlistForm implements FormWork {
  private final FlistUpload uploads;

  @Inject
  public FlistForm(FlistUpload uploads) {
    this.uploads = uploads;
  }

  @Override
  public String action() {
    return "upload-flist";
  }

  @Override
  public String title() {
    return "waiting for the flist";
  }

  @Override
  public NewFlist run(PostedForm form, JobProgress progress) throws IOException {
    progress.expect(form.length());
    Function<String, FlistName> naming = form.naming();
    UploadedFlist made =
        uploads.fromForm(
            form.owner(), form.form(), naming, name -> form.named(name, progress), progress);
    made.answer().close();
    return made.flist();
  }

  @Override
  public JsonObject ending(NewFlist made) {
    return PublishAnswer.ending(made);
  }
}
