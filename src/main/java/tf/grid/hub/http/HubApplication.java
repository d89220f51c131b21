package tf.grid.hub.http;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** The REST API: every resource, mapper and interceptor that the server finds in the archive. */
@ApplicationPath("/api")
public final class HubApplication extends Application {

  /**
   * Answers to {@code OPTIONS} describe methods only, and an error status is never handed to the
   * server's own HTML error page.
   */
  @Override
  public Map<String, Object> getProperties() {
    return Map.of(
        "jersey.config.server.wadl.disableWadl", true,
        "jersey.config.server.response.setStatusOverSendError", true);
  }
}
