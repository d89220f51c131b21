package tf.grid.hub.http;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** The REST API: all resources, mappers and interceptors in the archive. */
@ApplicationPath("/api")
public class HubApplication extends Application {

  /**
   * Responses to {@code OPTIONS} contain methods only, and error statuses do not cause the server's
   * HTML error page.
   */
  @Override
  public Map<String, Object> getProperties() {
    return Map.of(
        "jersey.config.server.wadl.disableWadl", true,
        "jersey.config.server.response.setStatusOverSendError", true);
  }
}
