package tf.grid.hub.site.upload;

import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.io.IOException;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.image.convert.ConversionEnding;
import tf.grid.hub.image.convert.ImageUpload;
import tf.grid.hub.job.JobProgress;
import tf.grid.hub.publish.NewFlist;
import tf.grid.hub.site.upload.UploadForms.FormWork;

/** Upload of an image archive. Thread-safe. */
@SingletonBean
public class ImageArchiveForm implements FormWork {
  private final ImageUpload uploads;

  @Inject
  public ImageArchiveForm(ImageUpload uploads) {
    this.uploads = uploads;
  }

  @Override
  public String action() {
    return "image";
  }

  @Override
  public String title() {
    return "waiting for the archive of the image";
  }

  @Override
  public NewFlist run(PostedForm form, JobProgress progress) throws IOException, ArchiveException {
    progress.expect(form.length());
    progress.step("receiving the image");
    return uploads.fromForm(
        form.owner(),
        form.form(),
        form.originalName(),
        name -> form.named(name, progress),
        progress);
  }

  @Override
  public JsonObject ending(NewFlist made) {
    return ConversionEnding.of(made);
  }
}
