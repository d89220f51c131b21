package tf.grid.hub.http.form;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.time.Clock;
import tf.grid.hub.http.body.RequestBody;
import tf.grid.hub.publish.PublishSettings;

/** Receives forms with files, of which no more is read than is allowed. Threads may share it. */
@ApplicationScoped
public class IncomingForms {
  private final PublishSettings settings;
  private final Clock clock;

  /** For the container's proxy. */
  protected IncomingForms() {
    this(null, null);
  }

  /** Takes how large a form may be. */
  @Inject
  public IncomingForms(PublishSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * The form that a request brings.
   *
   * @param contentType its header, or null
   * @throws MalformedFormException when it is one that cannot be read
   */
  public IncomingForm receive(String contentType, InputStream body) throws MalformedFormException {
    return IncomingForm.of(contentType, new RequestBody(body, settings.maxBytes(), clock));
  }
}
