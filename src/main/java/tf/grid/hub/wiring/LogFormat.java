package tf.grid.hub.wiring;

import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Logger;
import tf.grid.hub.http.RequestId;
import tf.grid.hub.launch.log.LogLines;
import tf.grid.hub.wiring.config.MonitoringSettings.LogStyle;

/** Sets up the log of {@code hub.jar}; the log of other servers is left alone. */
public final class LogFormat {

  private LogFormat() {}

  /**
   * Adds the ids of requests to log lines. The launcher's formatter cannot do that, because it is
   * in another class loader than the application.
   */
  public static void install(LogStyle style) {
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      Formatter before = handler.getFormatter();
      if (before != null && before.getClass().getName().equals(LogLines.class.getName())) {
        handler.setFormatter(new LogLines(style == LogStyle.JSON, RequestId::current));
      }
    }
  }
}
