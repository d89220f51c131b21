package tf.grid.hub.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import tf.grid.hub.upload.UploadSettings;

/** Tells uploads what they need to know. */
@ApplicationScoped
public class UploadProducer {

  @Produces
  @Singleton
  UploadSettings uploads(HubConfiguration configuration, Scratch scratch) {
    return new UploadSettings(
        scratch.path(),
        configuration.backend().published().json().toString(),
        configuration.limits().uploadBytes(),
        configuration.limits().concurrentUploads());
  }
}
