package tf.grid.hub.upload;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.time.Clock;
import tf.grid.hub.http.RequestBody;

/** Receives forms with files, of which no more is read than is allowed. Threads may share it. */
@ApplicationScoped
public class IncomingForms {
  private final UploadSettings settings;
  private final Clock clock;

  /** For the container's proxy. */
  protected IncomingForms() {
    this(null, null);
  }

  /** Takes how large a form may be. */
  @Inject
  public IncomingForms(UploadSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * The form that a request brings.
   *
   * @param contentType its header, or null
   * @throws MalformedForm when it is one that cannot be read
   */
  public IncomingForm receive(String contentType, InputStream body) throws MalformedForm {
    return IncomingForm.of(contentType, new RequestBody(body, settings.maxBytes(), clock));
  }
}
