package tf.grid.hub.site.upload;

import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.io.IOException;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.http.form.FormFields;
import tf.grid.hub.image.convert.ConversionEnding;
import tf.grid.hub.image.convert.ConversionRequest;
import tf.grid.hub.image.convert.ConversionRequest.ConversionRequestException;
import tf.grid.hub.image.convert.ImageConversion;
import tf.grid.hub.job.JobProgress;
import tf.grid.hub.publish.NewFlist;
import tf.grid.hub.site.upload.UploadForms.FormWork;

/** Conversion of an image from a registry or container engine. Thread-safe. */
@SingletonBean
public class ImageForm implements FormWork {
  private final ImageConversion conversions;

  @Inject
  public ImageForm(ImageConversion conversions) {
    this.conversions = conversions;
  }

  @Override
  public String action() {
    return "docker";
  }

  @Override
  public String title() {
    return "waiting for the name of the image";
  }

  @Override
  public NewFlist run(PostedForm form, JobProgress progress)
      throws IOException, ArchiveException, ConversionRequestException {
    ConversionRequest request = ConversionRequest.of(FormFields.of(form.form()));
    form.notes().concerns("image", request.wanted().reference().given());
    progress.step("fetching " + request.wanted().reference());
    return conversions.convert(form.owner(), request.name(), request.wanted(), progress);
  }

  @Override
  public JsonObject ending(NewFlist made) {
    return ConversionEnding.of(made);
  }
}
