package tf.grid.hub.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.json.Json;
import tf.grid.hub.upload.UploadSettings;

/** Tells uploads what they need to know. */
@ApplicationScoped
public class UploadProducer {

  @Produces
  @Singleton
  UploadSettings uploads(HubConfiguration configuration, Scratch scratch) {
    return new UploadSettings(
        scratch.path(),
        published(configuration.backend()),
        configuration.limits().uploadBytes(),
        configuration.limits().concurrentUploads());
  }

  private static String published(BackendSettings backend) {
    return Json.createObjectBuilder()
        .add("host", backend.host())
        .add("port", backend.port())
        .add("namespace", backend.namespace())
        .build()
        .toString();
  }
}
